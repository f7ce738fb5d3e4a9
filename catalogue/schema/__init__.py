"""The shape of every document that authors write, and sentences for whatever does not fit it."""

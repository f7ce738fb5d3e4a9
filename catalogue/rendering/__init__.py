"""Markdown as our authors write it: scanned for faults at once, rendered when somebody looks."""

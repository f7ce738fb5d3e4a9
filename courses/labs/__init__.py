"""Labs on the page: what was typed, rounds in which steps are left out, and pictures."""

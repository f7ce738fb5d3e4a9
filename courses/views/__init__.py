"""The pages where learners live; a file for each."""

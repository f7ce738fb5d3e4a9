"""Reports: a learner says that something is wrong with a question, and an instructor answers."""

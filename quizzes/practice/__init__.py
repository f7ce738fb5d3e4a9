"""Practice: a round of questions of one's own choosing, and the sorter, its fast mode."""

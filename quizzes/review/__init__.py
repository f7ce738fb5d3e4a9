"""The daily review: families that are due, and a few new ones, one question of each."""

"""Sittings: a practice, a mock exam, a daily review, a round of the sorter; begun, answered step by step, handed in."""

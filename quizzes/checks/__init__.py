"""The checks inside lessons: answered in place, tried again at will."""

"""Marking, attempts, and the checks inside lessons."""

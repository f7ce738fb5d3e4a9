"""Tests of this room stand in the bare house."""

from tests.progress.fixtures import asked, database, house

__all__ = ["asked", "database", "house"]

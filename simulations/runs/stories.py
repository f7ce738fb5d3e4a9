"""A story as a run keeps it between requests, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from simulations.engine.retelling import Story, Told


def as_kept(story: Story) -> dict[str, Any]:
    """Return a story as JSON has it."""
    return asdict(story)


def story_kept(held: Mapping[str, Any]) -> Story:
    """Return the story that was kept."""
    events, turns = ([Told(**one) for one in held[part]] for part in ("events", "turns"))
    return Story(**{**held, "events": events, "turns": turns})

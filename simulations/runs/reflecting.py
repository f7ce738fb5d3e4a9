"""What a player says about a run: before the results, and after them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalogue.schema.scenario import ScenarioShape
from core.errors import Refused
from simulations.models import ScenarioRun

LONGEST = 4_000


def predict(run: ScenarioRun, predictions: Mapping[str, Any], *, now: datetime) -> None:
    """Keep what was predicted; the first prediction stands, since the results may have been seen after it."""
    if run.ended_at is None:
        raise Refused("Play to the end first; then say what you expect of it.")
    if run.predicted_at is None:
        run.predictions, run.predicted_at = dict(predictions), now


def read_predictions(scenario: ScenarioShape, turns: Sequence[str], sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the predictions that were sent; raise Refused with what is missing or cannot be."""
    turn = sent.get("turn", "")
    if turn not in turns:
        raise Refused("Say which decision mattered most.", 422)
    return {
        "turn": turn,
        "figures": {
            one.kpi: figure_sent(one.ask, sent.get(one.kpi, ""), one.low, one.high) for one in scenario.predict
        },
    }


def figure_sent(ask: str, sent: str, low: float, high: float) -> float:
    """Return a predicted figure; raise Refused where it is none, or beyond what can be."""
    try:
        value = float(sent.strip().replace(",", "."))
    except ValueError:
        raise Refused(f"“{ask}”: write a number, like {(low + high) / 2:g}.", 422) from None
    if not low <= value <= high:
        raise Refused(f"“{ask}”: a number between {low:g} and {high:g}.", 422)
    return value


def reflect(run: ScenarioRun, texts: Sequence[str], *, send: bool, now: datetime) -> None:
    """Keep what was written, and send it to the mentor where that is wished."""
    if run.debrief is None:
        raise Refused("The debrief comes first.")
    if any(len(text) > LONGEST for text in texts):
        raise Refused(f"One of the answers is longer than {LONGEST:,} letters; shorten it.", 422)
    if send and not any(texts):
        raise Refused("Write something first; then it can be sent.", 422)
    run.reflections, run.reflected_at = list(texts), now
    if send and run.sent_at is None:
        run.sent_at = now

"""What a player says about a run: before the results, and after them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalogue.schema.scenario import KpiShape, PredictionShape, ScenarioShape
from catalogue.typed_numbers import WrongNumber, read_number
from core.errors import Refused
from simulations.models import ScenarioRun

LONGEST = 4_000
END_FIRST = "Play to the end first; then say what you expect of it."
THOUSANDS = re.compile(r"\D*[1-9]\d{0,2}(,\d{3})+\D*")  # as pages write figures without decimals


def predict(run: ScenarioRun, predictions: Mapping[str, Any], *, now: datetime) -> None:
    """Keep what was predicted; the first prediction stands, since the results may have been seen after it."""
    if run.ended_at is None:
        raise Refused(END_FIRST)
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
            one.kpi: figure_sent(one, scenario.kpis[one.kpi], sent.get(one.kpi, "")) for one in scenario.predict
        },
    }


def figure_sent(one: PredictionShape, kpi: KpiShape, sent: str) -> float:
    """Return a predicted figure, typed as pages write it or otherwise; raise Refused where it cannot be."""
    whole = kpi.decimals == 0 and THOUSANDS.fullmatch(sent.strip())
    try:
        value = float(read_number(sent.replace(",", "") if whole else sent, (kpi.unit or "").lstrip("$€£") or None))
    except WrongNumber as wrong:
        raise Refused(f"“{one.ask}”: {wrong}", 422) from None
    if not one.low <= value <= one.high:
        raise Refused(f"“{one.ask}”: a number between {one.low:g} and {one.high:g}.", 422)
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

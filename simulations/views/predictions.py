"""What a player predicted, beside what happened."""

from dataclasses import dataclass

from simulations.debriefs.whole import Debrief
from simulations.views.loading import Page
from simulations.wording import figure_in_words

CLOSE = 0.05  # of the range that could be predicted: so near counts as right


@dataclass(frozen=True)
class Predicted:
    """A prediction beside what happened."""

    label: str
    said: str
    was: str
    verdict: str


def turn_choices(page: Page) -> list[tuple[str, str]]:
    """Return the turns that were decided, each with its title."""
    return [(one.turn, turn_title(page, one.turn)) for one in page.taken.decisions]


def turn_title(page: Page, turn: str) -> str:
    """Return a turn's title with its time."""
    return f"{page.when(turn)}: {page.stage_of(turn).title}"


def predicted_rows(page: Page, found: Debrief) -> list[tuple[str, ...]]:
    """Return what was predicted, beside what happened."""
    predictions = page.run.predictions or {}
    figures: dict[str, float] = predictions.get("figures", {})
    rows = [decision_predicted(page, found, predictions.get("turn", ""))]
    for one in page.scenario.shape.predict:
        if one.kpi in figures:
            rows.append(
                figure_predicted(page, one.kpi, figures[one.kpi], found.kpis[one.kpi], (one.high - one.low) * CLOSE)
            )
    return [(one.label, one.said, one.was, one.verdict) for one in rows]


def decision_predicted(page: Page, found: Debrief, said: str) -> Predicted:
    """Return the decision that was thought to matter most, beside the one that did."""
    weights = sorted(found.turns, key=lambda turn: -max(abs(other.gain) for other in turn.others))
    order = [turn.turn for turn in weights if turn.reached]
    was = order[0] if order else said
    if said == was:
        words = "As you said"
    else:
        words = (
            f"Another one; yours came {ordinal(order.index(said) + 1)} of {len(order)}"
            if said in order
            else "Another one"
        )
    return Predicted(
        "The decision that mattered most", turn_title(page, said) if said else "–", turn_title(page, was), words
    )


def ordinal(number: int) -> str:
    """Return a place in words."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    return words[number - 1] if number <= len(words) else f"{number}th"


def figure_predicted(page: Page, name: str, said: float, was: float, close: float) -> Predicted:
    """Return a figure that was predicted, beside what it was."""
    kpi = page.scenario.shape.kpis[name]
    apart = said - was
    right = abs(apart) <= close
    hopeful = (apart > 0) == (kpi.better == "high")
    words = (
        "About as you said"
        if right
        else f"Too {'hopeful' if hopeful else 'dark'} by {figure_in_words(abs(apart), kpi)}"
    )
    return Predicted(kpi.label, figure_in_words(said, kpi), figure_in_words(was, kpi), words)

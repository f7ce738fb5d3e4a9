"""Worked example fading: each round leaves one step more to the learner, with other figures each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from catalogue.labs.figures import Figures
from catalogue.labs.kinds import LABS
from catalogue.labs.saying import same
from catalogue.labs.working import Step, Worked
from catalogue.labs.written import WrittenLab
from catalogue.typed_numbers import WrongNumber, read_number
from core.seeds import seed_of

FIGURES_TRIED = 50


@dataclass(frozen=True)
class Blank:
    """A step that is left to the learner: what was typed, whether it is right, and what to say about it."""

    step: Step
    typed: str = ""
    right: bool = False
    words: str = ""
    shown: bool = False

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"step-{self.step.id}"


@dataclass(frozen=True)
class Round:
    """One round: its figures, worked out, and the steps that are left out."""

    number: int
    of: int
    seed: int
    figures: Figures
    worked: Worked
    blanks: Mapping[str, Blank]

    @property
    def done(self) -> bool:
        """Say whether nothing is left to do."""
        return all(blank.right or blank.shown for blank in self.blanks.values())

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return what is shown: as long as something is left to do, nothing that follows from it and would give it away."""
        if self.done:
            return self.worked.steps
        left = [place for place, step in enumerate(self.worked.steps) if self.is_open(step)]
        return tuple(step for place, step in enumerate(self.worked.steps) if place < left[0] or step.id in self.blanks)

    def is_open(self, step: Step) -> bool:
        """Say whether a step still waits for an answer."""
        blank = self.blanks.get(step.id)
        return blank is not None and not (blank.right or blank.shown)

    @property
    def alone(self) -> bool:
        """Say whether the learner found every step."""
        return all(blank.right for blank in self.blanks.values())


def round_of(lab: WrittenLab, number: int, seed: int, typed: Mapping[str, str], *, show: bool) -> Round:
    """Return a round as it stands after what was typed; the same seed brings the same figures."""
    figures, worked = other_figures(lab, number, seed)
    left = lab.fade[:number]
    blanks = {name: looked_at(step, typed, show=show) for name in left if (step := worked.step(name))}
    return Round(number, len(lab.fade), seed, figures, worked, blanks)


def other_figures(lab: WrittenLab, number: int, seed: int) -> tuple[Figures, Worked]:
    """Return figures for a round, of which every step that is left out has a result."""
    kind = LABS[lab.kind]
    chance = Random(seed_of("lab", lab.kind, number, seed))  # noqa: S311 - figures to practise on, no secret  # nosec B311
    for _ in range(FIGURES_TRIED):
        figures = kind.others(lab.figures, chance)
        worked = kind.work(figures)
        if all((step := worked.step(name)) and step.value is not None for name in lab.fade[:number]):
            return figures, worked
    return lab.figures, kind.work(lab.figures)


def looked_at(step: Step, typed: Mapping[str, str], *, show: bool) -> Blank:
    """Return one blank with what is to be said about the answer."""
    text = typed.get(f"step-{step.id}", "").strip()
    if not text or step.value is None:
        return Blank(step, text, shown=show)
    try:
        number = float(read_number(text, step.unit))
    except WrongNumber as wrong:
        return Blank(step, text, words=str(wrong), shown=show)
    if step.is_found_by(number):
        return Blank(step, text, right=True)
    return Blank(step, text, words=hint(step, number), shown=show)


def hint(step: Step, number: float) -> str:
    """Say what a wrong answer may come from; the result itself is not told."""
    known = next((slip.sentence for slip in step.slips if same(number, slip.value, step.unit)), None)
    return known or f"Not yet. It is {step.written}."


def exactly(unit: str) -> str:
    """Say how exactly an answer is wanted."""
    return {"": "to two decimals", "%": "to two decimals", "€": "to the euro", "min": "to the minute"}.get(
        unit, "to one decimal"
    )

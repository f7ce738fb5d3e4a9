"""Reads a lab as an author wrote it: its figures as YAML, and `fade`, the steps it leaves to the learner, one more each round."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from catalogue.faults import Fault, Faults
from catalogue.labs.figures import Figures
from catalogue.labs.kinds import LABS, LabKind
from catalogue.schema.reading import read_yaml
from catalogue.schema.sentences import shaped


@dataclass(frozen=True)
class WrittenLab:
    """A lab with its author's figures; `fade` names steps in the order in which they are left out."""

    kind: str
    figures: Figures
    fade: tuple[str, ...] = ()


def written_lab(kind: str, text: str, above: int = 0) -> WrittenLab:
    """Read a lab; raise Faults with everything to mend. `above` lines stand over its text."""
    known = LABS.get(kind)
    if known is None:
        near = get_close_matches(kind, LABS, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(LABS)}."
        raise Faults([Fault("", max(above, 1), f"There is no lab `{kind}`; {hint}")])
    reading = read_yaml("", text, above)
    if not isinstance(reading.value, dict):
        raise Faults([Fault("", above + 1, "A lab holds its figures, one `name: value` a line.")])
    value: dict[str, Any] = dict(reading.value)
    fade = value.pop("fade", ())
    figures = shaped(replace(reading, value=value), known.shape)
    if problem := fade_problem(known, figures, fade):
        raise Faults([Fault("", reading.line(("fade",)), problem)])
    return WrittenLab(kind, figures, tuple(fade))


def fade_problem(known: LabKind, figures: Figures, fade: Any) -> str | None:
    """Say what is wrong with the list of steps that are left to the learner."""
    if not isinstance(fade, tuple) or not all(isinstance(name, str) for name in fade):
        return "`fade` is a list of steps, like [cpi, spi]."
    steps = {step.id: step.value for step in known.work(figures).steps}
    for name in fade:
        if name not in steps:
            return f"`fade` names {name}, which is no step of this lab; there are {', '.join(steps)}."
    if len(set(fade)) < len(fade):
        return "`fade` names a step twice."
    return None

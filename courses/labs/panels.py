"""A lab as a page shows it: to try figures in, or as a round in which steps are left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue import addresses
from catalogue.labs.figures import Figures, groups_of
from catalogue.labs.kinds import LABS
from catalogue.labs.saying import said
from catalogue.labs.working import Worked
from catalogue.material import Lesson
from catalogue.segments import Lab
from courses.labs.drawing import Drawing, drawing
from courses.labs.rounds import Round, round_of
from courses.labs.typed import Typed, as_given, read_typed

COUNTED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class Way:
    """A way to work with the lab: worked out for one, or with some steps left out."""

    words: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Panel:
    """Everything a lab's macro needs; either `form` or `round` is there."""

    id: str
    url: str
    title: str
    ways: tuple[Way, ...]
    form: Typed | None = None
    round: Round | None = None
    worked: Worked | None = None
    drawing: Drawing | None = None
    given: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def name(self) -> str:
        """Return what tells it from the other labs of a lesson."""
        return f"{self.id.replace('lab-', 'Lab ')}: {self.title}"

    @property
    def next_url(self) -> str | None:
        """Return where the next round is, if there is one."""
        return f"{self.url}?round={self.round.number + 1}" if self.round and self.round.number < self.round.of else None


def first_panel(lesson: Lesson, lab: Lab) -> Panel:
    """Return a lab as a lesson shows it: its author's figures, worked out."""
    return trying(lesson, lab, as_given(lab.written.figures))


def trying_panel(lesson: Lesson, lab: Lab, typed: Mapping[str, str]) -> Panel:
    """Return a lab with the figures that somebody typed."""
    return trying(lesson, lab, read_typed(lab.written.figures, typed))


def trying(lesson: Lesson, lab: Lab, form: Typed) -> Panel:
    """Return a lab whose figures can be changed; without results as long as they do not fit."""
    kind = LABS[lab.written.kind]
    worked = kind.work(form.figures) if form.figures else None
    url = addresses.lab(lesson.course_id, lesson.id, lab.number)
    picture = drawing(worked.picture) if worked else None
    return Panel(f"lab-{lab.number}", url, kind.title, ways(lab, url, 0), form=form, worked=worked, drawing=picture)


def round_panel(lesson: Lesson, lab: Lab, number: int, seed: int, typed: Mapping[str, str]) -> Panel:
    """Return a round; its picture and what it says come once nothing is left out."""
    now = round_of(lab.written, number, seed, typed, show=bool(typed.get("show")))
    url = addresses.lab(lesson.course_id, lesson.id, lab.number)
    return Panel(
        f"lab-{lab.number}",
        url,
        LABS[lab.written.kind].title,
        ways(lab, url, number),
        round=now,
        worked=now.worked,
        drawing=drawing(now.worked.picture) if now.done else None,
        given=figures_said(now.figures),
    )


def ways(lab: Lab, url: str, current: int) -> tuple[Way, ...]:
    """Return the ways to work with a lab; one more step is left out in each."""
    left = range(1, len(lab.written.fade) + 1)
    rounds = [
        Way(f"{counted(number)} {'step' if number == 1 else 'steps'} yours", f"{url}?round={number}", number == current)
        for number in left
    ]
    return (Way("Worked out", url, current == 0), *rounds) if rounds else ()


def counted(number: int) -> str:
    """Say a small number in a word."""
    return COUNTED[number] if number < len(COUNTED) else str(number)


def figures_said(figures: Figures) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the given figures in words, group by group; rows that are still empty are left out."""
    return tuple(
        (group.title, tuple((field.asked.label, said(field.value, field.asked.unit)) for field in group.fields))
        for group in groups_of(figures)
        if all(field.value is not None for field in group.fields)
    )

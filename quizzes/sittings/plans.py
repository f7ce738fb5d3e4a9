"""What a sitting was begun with: its title, its sections and breaks, and what passes; pinned, whatever becomes of the exam."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """A stretch of questions that is locked once it is left."""

    title: str
    first: int  # position
    last: int

    @property
    def positions(self) -> range:
        """Return the positions of its questions."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Break:
    """A pause after a section; the exam's clock stands still."""

    after: int  # number of the section
    minutes: int


@dataclass(frozen=True)
class Band:
    """A named range of results, from a percentage upwards."""

    name: str
    start: int


@dataclass(frozen=True)
class Plan:
    """The shape of one sitting."""

    title: str
    sections: tuple[Section, ...]
    minutes: int | None = None  # as the exam has them
    extra_time: int = 0  # percent of the person who sits, copied when the sitting began
    added: int = 0  # minutes that a mentor gave while it ran
    breaks: tuple[Break, ...] = ()
    passing: int | None = None  # right answers
    bands: tuple[Band, ...] = ()  # where no pass mark is published: estimates
    reached: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # mixes of levels and approaches, as drawn
    asked: Mapping[str, Any] = field(default_factory=dict)  # what a practice was asked for

    @property
    def questions(self) -> int:
        """Count the questions."""
        return self.sections[-1].last if self.sections else 0

    @property
    def seconds(self) -> int | None:
        """Return how long it takes, with the extra time and what was added."""
        return self.minutes * 60 * (100 + self.extra_time) // 100 + self.added * 60 if self.minutes else None

    def section(self, number: int) -> Section:
        """Return a section by its number, from 1."""
        return self.sections[number - 1]

    def break_after(self, number: int) -> Break | None:
        """Return the break that follows a section."""
        return next((one for one in self.breaks if one.after == number), None)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as it is stored."""
        return asdict(self)


def plan_of(stored: Mapping[str, Any] | None) -> Plan:
    """Return a plan as it was stored."""
    told = dict(stored or {"title": "", "sections": []})
    parts = {"sections": Section, "breaks": Break, "bands": Band}
    made = {name: tuple(part(**one) for one in told.get(name, ())) for name, part in parts.items()}
    return Plan(**{**told, **made})


def one_section(title: str, questions: int, **rest: Any) -> Plan:
    """Return the plan of a sitting without sections."""
    return Plan(title=title, sections=(Section(title, 1, questions),), **rest)

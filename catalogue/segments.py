"""What a lesson is made of once it is rendered: a list of segments, each shown by its own macro."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from catalogue.labs.written import WrittenLab


@dataclass(frozen=True)
class Html:
    """Running text."""

    html: Markup


class ContrastRow(NamedTuple):
    """One dimension, seen from both sides."""

    dimension: Markup
    project: Markup
    service: Markup


@dataclass(frozen=True)
class Contrast:
    """The two disciplines side by side; `heads` are the titles of the three columns."""

    rows: tuple[ContrastRow, ...]
    heads: tuple[Markup, Markup, Markup]


@dataclass(frozen=True)
class Compare:
    """Two cases with one thing in common; the rule is shown after an answer of one's own."""

    project: Markup
    service: Markup
    similar: Markup
    rule: Markup
    sort: tuple[str, ...]  # questions, as course/id


@dataclass(frozen=True)
class Check:
    """A question that is answered in place."""

    question_id: str  # as course/id


@dataclass(frozen=True)
class Figure:
    """A picture with the text that teaches the same."""

    url: str
    alt: str
    caption: Markup
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Step:
    """One part of an illustrated walk."""

    title: str
    figure: Figure | None
    html: Markup


@dataclass(frozen=True)
class Steps:
    """An illustrated walk, one part at a time; all of them in print and without scripts."""

    parts: tuple[Step, ...]


@dataclass(frozen=True)
class Video:
    """A film with captions and its words to read."""

    url: str
    captions_url: str
    transcript_html: Markup
    title: str


@dataclass(frozen=True)
class Lab:
    """Figures to work with; `number` counts the labs of a lesson from 1."""

    written: WrittenLab
    number: int = 0


@dataclass(frozen=True)
class Callout:
    """A note, tip, warning or example."""

    kind: str
    html: Markup


@dataclass(frozen=True)
class MentorNote:
    """What only mentors and instructors see."""

    html: Markup


Segment = Html | Contrast | Compare | Check | Figure | Steps | Video | Lab | Callout | MentorNote

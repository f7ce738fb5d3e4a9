"""A question as it is asked: its parts with their ids, its texts rendered when somebody looks."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from catalogue.rendering.links import Links
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.rendering.spans import FORMULA
from catalogue.schema.bank import AnyQuestion, CaseShape, NumericShape, OptionShape, SpotShape

NOT_SHOWN = frozenset(
    [
        "id",
        "family",
        "objective",
        "criterion",
        "side",
        "sorter",
        "difficulty",
        "level",
        "approach",
        "lesson",
        "case",
        "sources",
        "fixed",
    ]
)


def text_id(*texts: str) -> str:
    """Return the id of a part that was given none: it changes only with its text."""
    return "t" + hashlib.sha256("\n".join(text.strip() for text in texts).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class LessonRef:
    """A lesson and, where it helps, a heading in it."""

    course_id: str
    lesson_id: str
    anchor: str = ""


@dataclass(frozen=True)
class Option:
    """One answer to choose; also a choice of a blank, or a side that belongs to nothing."""

    id: str
    html: Markup
    text: str
    correct: bool
    why_html: Markup
    misconception: str | None


@dataclass(frozen=True)
class Item:
    """One thing to put in order."""

    id: str
    html: Markup
    text: str
    why_html: Markup


@dataclass(frozen=True)
class Pair:
    """Two things that belong together; `id` is the left side's, `right_id` that of what belongs to it."""

    id: str
    left_html: Markup
    right_id: str
    right_html: Markup
    left: str
    right: str
    why_html: Markup
    at: SpotShape | None


@dataclass(frozen=True)
class Area:
    """A named place in a picture."""

    id: str
    name: str
    spot: SpotShape
    correct: bool
    why_html: Markup
    misconception: str | None


@dataclass(frozen=True, eq=False)
class Question:
    """A question of a course."""

    id: str
    course_id: str
    path: str  # of its bank
    bank_digest: str
    shape: AnyQuestion
    case: CaseShape | None
    links: Links

    @cached_property
    def ref(self) -> str:
        """Return its id across courses."""
        return f"{self.course_id}/{self.id}"

    @property
    def kind(self) -> str:
        """Return how it is answered."""
        return self.shape.kind

    @cached_property
    def family(self) -> str:
        """Return the facet it tests together with its siblings."""
        return self.shape.family

    @property
    def objective(self) -> str:
        """Return the id of the objective it asks about."""
        return self.shape.objective

    @property
    def criterion(self) -> str | None:
        """Return the owner's own number, where objectives are groups."""
        return self.shape.criterion

    @property
    def side(self) -> str:
        """Return project, service or both."""
        return self.shape.side

    @property
    def difficulty(self) -> str:
        """Return easy, medium or hard."""
        return self.shape.difficulty

    @property
    def level(self) -> str:
        """Return remember, understand, apply or analyse."""
        return self.shape.level

    @property
    def approach(self) -> str | None:
        """Return predictive, adaptive or hybrid, where the exam asks for it."""
        return self.shape.approach

    @property
    def sorter(self) -> bool:
        """Say whether the fast sorter may ask it."""
        return self.shape.sorter

    @property
    def fixed(self) -> bool:
        """Say whether its parts keep their order."""
        return self.shape.fixed

    @property
    def stem(self) -> str:
        """Return what is asked, as it was written."""
        return self.shape.stem

    @cached_property
    def words(self) -> int:
        """Count the words that have to be read before it can be answered."""
        parts = [self.stem, self.case.text if self.case else ""]
        choices = [*self.options, *self.extra, *(option for options in self.blanks.values() for option in options)]
        parts += [option.text for option in choices] + [item.text for item in self.items]
        parts += [f"{pair.left} {pair.right}" for pair in self.pairs] + [area.name for area in self.areas]
        return sum(len(part.split()) for part in parts)

    @cached_property
    def lesson(self) -> LessonRef | None:
        """Return where it is taught."""
        if self.shape.lesson is None:
            return None
        ref, _, anchor = self.shape.lesson.partition("#")
        course, _, name = ref.rpartition("/")
        return LessonRef(course or self.course_id, name, anchor)

    @cached_property
    def stem_html(self) -> Markup:
        """Return what is asked; [[names]] stay where blanks are, {names} where numbers are drawn."""
        return render_text(self.shape.stem, self.links)

    @cached_property
    def case_html(self) -> Markup | None:
        """Return the situation it shares with others."""
        return render_text(self.case.text, self.links) if self.case else None

    @cached_property
    def other_side_html(self) -> Markup | None:
        """Return how the same thing is handled across the fence."""
        return render_text(self.shape.other_side, self.links) if self.shape.other_side else None

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return the options of a single or multiple."""
        return tuple(self.option(option) for option in getattr(self.shape, "options", ()))

    @cached_property
    def blanks(self) -> Mapping[str, tuple[Option, ...]]:
        """Return the choices of each blank of a dropdown."""
        blanks: Mapping[str, tuple[OptionShape, ...]] = getattr(self.shape, "blanks", {})
        return {name: tuple(self.option(option) for option in options) for name, options in blanks.items()}

    @cached_property
    def extra(self) -> tuple[Option, ...]:
        """Return the right sides of a match that belong to nothing."""
        return tuple(self.option(extra) for extra in getattr(self.shape, "extra", ()))

    def option(self, part: Any) -> Option:
        """Return an option with its id and texts."""
        html = render_inline(part.text, self.links)
        right = getattr(part, "correct", False)
        return Option(part.id or text_id(part.text), html, part.text, right, self.why(part), part.misconception)

    def why(self, part: Any) -> Markup:
        """Return the reason of a part."""
        return render_inline(part.why, self.links)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return the items of an order, in the right one."""
        items = getattr(self.shape, "items", ())
        return tuple(
            Item(item.id or text_id(item.text), render_inline(item.text, self.links), item.text, self.why(item))
            for item in items
        )

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs of a match."""
        return tuple(self.pair(pair) for pair in getattr(self.shape, "pairs", ()))

    def pair(self, part: Any) -> Pair:
        """Return a pair with the ids of its two sides."""
        left, right = (render_inline(text, self.links) for text in (part.left, part.right))
        own = part.id or text_id(part.left, part.right)
        return Pair(own, left, text_id(part.right), right, part.left, part.right, self.why(part), part.at)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas of a hotspot."""
        return tuple(
            Area(area.id, area.name, area, area.correct, self.why(area), area.misconception)
            for area in getattr(self.shape, "areas", ())
        )

    @property
    def figure_url(self) -> str | None:
        """Return the address of the picture that is pointed at."""
        figure = getattr(self.shape, "figure", None)
        return self.links.url(figure) if figure else None

    @property
    def figure_alt(self) -> str:
        """Return what that picture shows, in words."""
        return getattr(self.shape, "alt", None) or ""

    @property
    def numeric(self) -> NumericShape | None:
        """Return the calculation, if it is one."""
        return self.shape if isinstance(self.shape, NumericShape) else None

    def with_numbers(self, text: str, told: Mapping[str, str]) -> Markup:
        """Render a text with numbers in place of their names; formulas keep their braces."""
        parts = re.split(f"({FORMULA.pattern})", text)
        filled = [part if index % 3 == 1 else fill(part, told) for index, part in enumerate(parts) if index % 3 != 2]
        return render_text("".join(filled), self.links)

    def inline(self, text: str) -> Markup:
        """Render a short text of the question."""
        return render_inline(text, self.links)

    @cached_property
    def digest(self) -> str:
        """Return the digest of the question as shown: stem, parts, keys, reasons, case and pictures."""
        shown = self.shape.model_dump(mode="json", by_alias=True, exclude=set(NOT_SHOWN))
        urls = sorted(url for url in self.links.urls.items() if url[0] in json.dumps(shown))
        text = json.dumps([shown, self.case.text if self.case else None, urls], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def fill(text: str, told: Mapping[str, str]) -> str:
    """Put numbers in place of their names."""
    return re.sub(r"\{([a-z][a-z0-9_]*)\}", lambda found: told.get(found[1], found[0]), text)

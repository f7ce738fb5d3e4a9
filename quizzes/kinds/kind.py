"""What every kind of question can do."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeVar

from markupsafe import Markup

from catalogue.questions import Area, Item, Option, Pair, Question
from catalogue.variants import Variant, draw_variant
from core.seeds import seed_of

Response = Mapping[
    str, Any
]  # ids, so that shuffling and later edits of words change nothing; of a number what was typed
Fields = Mapping[str, Sequence[str]]  # what a form sent, by name

NOT_ITS_OWN = "One of the answers that were sent does not belong to this question. Choose again, please."


class WrongResponse(ValueError):
    """A response that cannot belong to the question; the text is a sentence for the person who answered."""


class Named(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str:
        """Return the id."""
        ...


P = TypeVar("P", bound=Named)
BLANK = re.compile(r"\[\[([a-z][a-z0-9_]*)\]\]")


@dataclass(frozen=True)
class Choice:
    """One thing that can be put beside another."""

    id: str
    html: Markup
    why_html: Markup

    @property
    def words(self) -> str:
        """Return it without marks, for lists that hold plain text only."""
        return self.html.striptags()


@dataclass(frozen=True, eq=False)
class Shown:
    """A question as one learner sees it at one try: the same each time for the same seed, in an order that says nothing."""

    question: Question
    seed: int

    def shuffled(self, parts: Iterable[P], *apart: str) -> tuple[P, ...]:
        """Return parts in the order of the seed; one that is added later leaves the others in their order."""
        if self.question.fixed:
            return tuple(parts)
        return tuple(sorted(parts, key=lambda part: seed_of(self.seed, *apart, part.id)))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return the options of a single or multiple."""
        return self.shuffled(self.question.options)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return what is to be put in order; never shown in the right order, from which one could read it off."""
        shuffled = tuple(sorted(self.question.items, key=lambda item: seed_of(self.seed, item.id)))
        return shuffled[1:] + shuffled[:1] if shuffled == self.question.items else shuffled

    @cached_property
    def lefts(self) -> tuple[Pair, ...]:
        """Return the pairs of a match by their left sides."""
        return self.question.pairs if self.question.figure_url else self.shuffled(self.question.pairs)

    @cached_property
    def rights(self) -> tuple[Choice, ...]:
        """Return the right sides of a match, those that belong to nothing among them."""
        pairs = [Choice(pair.right_id, pair.right_html, pair.why_html) for pair in self.question.pairs]
        extra = [Choice(extra.id, extra.html, extra.why_html) for extra in self.question.extra]
        return self.shuffled([*pairs, *extra], "right")

    @cached_property
    def blanks(self) -> Mapping[str, tuple[Option, ...]]:
        """Return the choices of each blank of a dropdown."""
        return {name: self.shuffled(options, name) for name, options in self.question.blanks.items()}

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas of a hotspot, in the order of the picture."""
        return self.question.areas

    @cached_property
    def variant(self) -> Variant | None:
        """Return the numbers of a calculation."""
        return draw_variant(self.question.numeric, self.seed) if self.question.numeric else None

    @cached_property
    def stem_html(self) -> Markup:
        """Return what is asked, with this sitting's numbers; [[names]] stay where blanks are."""
        variant = self.variant
        return self.question.with_numbers(variant.shape.stem, variant.told) if variant else self.question.stem_html

    @cached_property
    def stem_pieces(self) -> list[tuple[Markup, str | None]]:
        """Return what is asked in pieces, each with the name of the blank that follows it."""
        pieces = BLANK.split(self.stem_html)
        names = [*pieces[1::2], None]
        return [(Markup(html), name) for html, name in zip(pieces[::2], names, strict=True)]  # noqa: S704  # cut from safe HTML  # nosec B704

    @cached_property
    def convention_html(self) -> Markup | None:
        """Return the convention a calculation follows."""
        told = self.variant.shape.convention if self.variant else None
        return self.question.inline(told) if told else None

    @cached_property
    def solution_html(self) -> Markup | None:
        """Return the worked solution of a calculation, with this sitting's numbers."""
        variant = self.variant
        return self.question.with_numbers(variant.shape.why, variant.told) if variant else None


@dataclass(frozen=True)
class Kind:
    """One kind of question. `share` is what practice gives, 0 to 1; an exam gives 1 for a whole share and else nothing."""

    name: str
    read: Callable[[Fields], Response]
    check: Callable[[Shown, Response], None]  # raises WrongResponse for what cannot belong to the question
    share: Callable[[Shown, Response], float]
    is_blank: Callable[[Response], bool]
    is_whole: Callable[[Shown, Response], bool]  # whether it can be finished; only an exam takes half an answer
    luck: Callable[[Question], float]  # the chance to be right without knowing anything (learning.md 2.2)
    missing: str  # what to say when it cannot be finished yet
    rule: str = (
        ""  # how part of an answer is marked in practice, in words for the learner; empty where there are no parts
    )


def ids_of(parts: Iterable[Named]) -> frozenset[str]:
    """Return the ids of some parts."""
    return frozenset(part.id for part in parts)


def own_ids(sent: Iterable[str], own: Iterable[Named]) -> frozenset[str]:
    """Return the ids that were sent, all of them the question's own."""
    chosen = frozenset(sent)
    if chosen - ids_of(own):
        raise WrongResponse(NOT_ITS_OWN)
    return chosen


def named_fields(fields: Fields, prefix: str) -> dict[str, str]:
    """Return what was chosen in fields such as `pair.<id>`, empty ones left out."""
    found = {name.removeprefix(prefix): values[0] for name, values in fields.items() if name.startswith(prefix)}
    return {name: value for name, value in sorted(found.items()) if value}

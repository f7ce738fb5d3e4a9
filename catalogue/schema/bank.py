"""The shape of a bank of questions: seven kinds, and cases that several questions share."""

from typing import Annotated, Literal

from pydantic import Field

from catalogue.schema.shape import Anchored, Code, DottedId, Id, Line, MediaPath, Name, Shape, Text

Percent = Annotated[float, Field(ge=0, le=100)]
Some = Field(min_length=2)


class OptionShape(Shape):
    """One answer to choose, with the reason why it is right or wrong."""

    id: Id | None = None
    text: Text
    correct: bool = False
    why: Text
    misconception: Id | None = None


class ItemShape(Shape):
    """One thing to put in order."""

    id: Id | None = None
    text: Text
    why: Text


class SpotShape(Shape):
    """A place in a picture, in percent of its width and height."""

    rect: tuple[Percent, Percent, Percent, Percent] | None = None
    circle: tuple[Percent, Percent, Percent] | None = None


class PairShape(Shape):
    """Two things that belong together."""

    id: Id | None = None
    left: Text
    right: Text
    why: Text
    at: SpotShape | None = None


class ExtraShape(Shape):
    """A right side that belongs to nothing."""

    id: Id | None = None
    text: Text
    why: Text
    misconception: Id | None = None


class AreaShape(SpotShape):
    """A named place to point at."""

    id: Id
    name: Line
    correct: bool = False
    why: Text
    misconception: Id | None = None


class RangeShape(Shape):
    """The numbers that a variant may draw."""

    start: Annotated[float, Field(alias="from")]
    to: float
    step: Annotated[float, Field(gt=0)]


class MistakeShape(Shape):
    """A wrong way to calculate, and what it shows."""

    answer: Line
    why: Text
    misconception: Id | None = None


class QuestionShape(Shape):
    """What every question has, whatever its kind."""

    id: Id
    family: Id
    objective: DottedId
    criterion: Code | None = None
    side: Literal["project", "service", "both"]
    sorter: bool = False
    difficulty: Literal["easy", "medium", "hard"]
    level: Literal["remember", "understand", "apply", "analyse"]
    approach: Literal["predictive", "adaptive", "hybrid"] | None = None
    lesson: Anchored | None = None
    case: Id | None = None
    stem: Text
    other_side: Text | None = None
    sources: tuple[Id, ...] = ()
    fixed: bool = False


class SingleShape(QuestionShape):
    """One right answer among several."""

    kind: Literal["single"]
    options: Annotated[tuple[OptionShape, ...], Some]


class MultipleShape(QuestionShape):
    """Several right answers; the stem says how many."""

    kind: Literal["multiple"]
    options: Annotated[tuple[OptionShape, ...], Some]


class OrderShape(QuestionShape):
    """Things to put in order, written in the right one."""

    kind: Literal["order"]
    items: Annotated[tuple[ItemShape, ...], Some]


class MatchShape(QuestionShape):
    """Pairs to find."""

    kind: Literal["match"]
    pairs: Annotated[tuple[PairShape, ...], Some]
    extra: tuple[ExtraShape, ...] = ()
    figure: MediaPath | None = None
    alt: Text | None = None


class DropdownShape(QuestionShape):
    """A text with blanks, each with its own choices."""

    kind: Literal["dropdown"]
    blanks: Annotated[dict[Name, Annotated[tuple[OptionShape, ...], Some]], Field(min_length=1)]


class HotspotShape(QuestionShape):
    """A picture to point at."""

    kind: Literal["hotspot"]
    figure: MediaPath
    alt: Text
    areas: Annotated[tuple[AreaShape, ...], Some]


class NumericShape(QuestionShape):
    """A calculation with numbers drawn for each sitting."""

    kind: Literal["numeric"]
    given: dict[Name, RangeShape] = {}
    where: Line | None = None
    answer: Line
    decimals: Annotated[int, Field(ge=0, le=6)]
    tolerance: Annotated[float, Field(ge=0)] = 0
    unit: Line | None = None
    convention: Text | None = None
    mistakes: tuple[MistakeShape, ...] = ()
    why: Text


AnyQuestion = SingleShape | MultipleShape | OrderShape | MatchShape | DropdownShape | HotspotShape | NumericShape


class CaseShape(Shape):
    """A situation that several questions share."""

    id: Id
    title: Line
    text: Text


class BankShape(Shape):
    """questions/<bank>.yaml."""

    title: Line
    questions: tuple[Annotated[AnyQuestion, Field(discriminator="kind")], ...]
    cases: tuple[CaseShape, ...] = ()

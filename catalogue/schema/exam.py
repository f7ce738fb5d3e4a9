"""The shape of a mock exam."""

from typing import Annotated, Literal

from pydantic import Field

from catalogue.schema.shape import Line, Shape

Percent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1, le=1000)]


class BandShape(Shape):
    """A named range of results, from a percentage upwards."""

    name: Line
    start: Annotated[Percent, Field(alias="from")]


class SectionShape(Shape):
    """A part of the exam that is locked once left."""

    title: Line
    questions: Count
    cases: bool = False


class BreakShape(Shape):
    """A pause after a section; the exam's clock stands still."""

    after: Count
    minutes: Count


class ExamShape(Shape):
    """exams/<exam>.yaml."""

    title: Line
    questions: Count
    unscored: Annotated[int, Field(ge=0)] = 0
    minutes: Count
    passing: Annotated[Count | None, Field(alias="pass")]
    bands: tuple[BandShape, ...] | None = None
    levels: dict[Literal["remember", "understand", "apply", "analyse"], Percent] | None = None
    approaches: dict[Literal["predictive", "adaptive", "hybrid", "adaptive_or_hybrid"], Percent] | None = None
    sections: Annotated[tuple[SectionShape, ...], Field(min_length=1)]
    breaks: tuple[BreakShape, ...] = ()

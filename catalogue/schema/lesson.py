"""The shape of a lesson's head, between its two lines of three hyphens."""

from typing import Annotated

from pydantic import Field

from catalogue.schema.shape import DottedId, Line, Shape, Text


class LessonShape(Shape):
    """The head of a lesson."""

    title: Line
    summary: Text
    objectives: Annotated[tuple[DottedId, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=240)]

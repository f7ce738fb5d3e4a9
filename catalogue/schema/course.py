"""The shape of course.yaml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from catalogue.schema.shape import Code, DottedId, Id, Line, Shape, Text


class CertificationShape(Shape):
    """The exam of an owner that a course prepares for."""

    name: Line
    owner: Line
    blueprint: Line
    checked: date


class ObjectiveShape(Shape):
    """What somebody can do after the course."""

    id: DottedId
    code: Code | None = None
    title: Line


class DomainShape(Shape):
    """A part of the outline with its weight in percent."""

    id: Id
    title: Line
    weight: Annotated[float, Field(ge=0, le=100)]
    objectives: Annotated[tuple[ObjectiveShape, ...], Field(min_length=1)]


class ModuleShape(Shape):
    """Lessons that belong together, in the order they are read."""

    id: Id
    title: Line
    summary: Text | None = None
    lessons: tuple[Id, ...] = ()
    scenarios: tuple[Id, ...] = ()
    exams: tuple[Id, ...] = ()


class MisconceptionShape(Shape):
    """What a wrong option shows that somebody believes."""

    id: Id
    title: Line
    lesson: Id | None = None


class CompletionShape(Shape):
    """What earns the certificate."""

    lessons: Literal["all"] | tuple[Id, ...] | None = None
    exam: Id | None = None
    at_least: Annotated[int, Field(ge=1, le=100)] | None = None
    scenarios: tuple[Id, ...] = ()
    reflections: tuple[Id, ...] = ()
    """Scenarios of which a run has to be reflected on in writing."""


class CourseShape(Shape):
    """course.yaml."""

    title: Line
    summary: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    level: Literal["foundation", "practitioner"]
    status: Literal["live", "preview"]
    sequential: bool = False
    certification: CertificationShape | None = None
    notice: Text | None = None
    completion: CompletionShape = CompletionShape()
    domains: Annotated[tuple[DomainShape, ...], Field(min_length=1)]
    modules: Annotated[tuple[ModuleShape, ...], Field(min_length=1)]
    misconceptions: tuple[MisconceptionShape, ...] = ()
    replaces: dict[DottedId, DottedId] = {}

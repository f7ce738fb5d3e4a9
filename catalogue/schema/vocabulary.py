"""The shapes of glossary.yaml and careers.yaml."""

from typing import Annotated, Literal

from pydantic import Field

from catalogue.schema.shape import Id, Line, Reference, Shape, Text


class OtherSideShape(Shape):
    """What a term is called across the fence, and how that differs."""

    term: Line
    differs: Text


class TermShape(Shape):
    """A word of the trade."""

    id: Id
    term: Line
    also: tuple[Line, ...] = ()
    side: Literal["project", "service", "both"]
    meaning: Text
    other_side: OtherSideShape | None = None
    sources: tuple[Id, ...] = ()


class GlossaryShape(Shape):
    """glossary.yaml."""

    terms: tuple[TermShape, ...]


class NeedsShape(Shape):
    """What a role asks for."""

    education: Line | None = None
    experience: Line | None = None
    skills: tuple[Line, ...] = ()
    certificates: tuple[Line, ...] = ()


class RoleShape(Shape):
    """A role somebody can have."""

    id: Id
    title: Line
    side: Literal["project", "service"]
    group: Literal["strategic", "developmental", "operational"] | None = None
    rank: Annotated[int, Field(ge=1, le=20)] | None = None
    summary: Text
    does: tuple[Line, ...]
    needs: NeedsShape = NeedsShape()
    lessons: tuple[Reference, ...] = ()
    leads_to: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()


class CareersShape(Shape):
    """careers.yaml."""

    roles: tuple[RoleShape, ...]

"""What a lab is given: strict shapes whose values know how a learner is asked for them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from pydantic_core import PydanticCustomError

from catalogue.schema.shape import Line, Shape


@dataclass(frozen=True)
class Asked:
    """How a figure is asked for; stands among the annotations of a shape's field."""

    label: str
    unit: str = ""


class Figures(Shape):
    """The figures of a lab, as an author writes them and a learner changes them."""

    spare: ClassVar[int] = 0  # how many further rows a learner may fill

    def title_of(self, row: "Row") -> str:
        """Return how a row is headed."""
        return row.name


class Row(Shape):
    """One of several things of a kind: a task, a failure, an offer."""

    name: Line


@dataclass(frozen=True)
class Field:
    """One figure to type; `way` leads to it in the values, `name` is that way in one word."""

    way: tuple[str | int, ...]
    asked: Asked
    value: Any

    @property
    def name(self) -> str:
        """Return the field's name in a form: tasks-0-best."""
        return "-".join(map(str, self.way))


@dataclass(frozen=True)
class Group:
    """Figures that belong together; a row's group bears its name."""

    title: str
    fields: tuple[Field, ...]


class Impossible(PydanticCustomError):
    """Figures that contradict one another; the text is the sentence for whoever wrote them."""

    def __new__(cls, sentence: str) -> "Impossible":
        """Make the error; braces in names are no placeholders."""
        return super().__new__(cls, "impossible", "{sentence}", {"sentence": sentence})


def groups_of(figures: Figures) -> tuple[Group, ...]:
    """Return what a learner may change, in the order of the shape: single figures first, then row by row."""
    single = Group("", tuple(fields_of(figures, ())))
    rows = tuple(row for name in type(figures).model_fields for row in rows_of(figures, name))
    return tuple(group for group in (single, *together(rows)) if group.fields)


def together(rows: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return rows that ask for one figure each as one group, in which every figure bears its row's name."""
    if not all(len(row.fields) == 1 for row in rows):
        return rows
    return (Group("", tuple(replace(row.fields[0], asked=Asked(row.title, row.fields[0].asked.unit)) for row in rows)),)


def fields_of(shape: Shape, way: tuple[str | int, ...]) -> Iterator[Field]:
    """Return the figures of one shape that are asked for."""
    for name, field in type(shape).model_fields.items():
        for asked in field.metadata:
            if isinstance(asked, Asked):
                yield Field((*way, name), asked, getattr(shape, name))


def rows_of(figures: Figures, name: str) -> Iterator[Group]:
    """Return one group for each row of a list of rows, and for those that are still empty."""
    rows = getattr(figures, name)
    if not isinstance(rows, tuple) or not rows or not isinstance(rows[0], Row):
        return
    for place, row in enumerate(rows):
        yield Group(figures.title_of(row), tuple(fields_of(row, (name, place))))
    for place in range(len(rows), len(rows) + figures.spare):
        empty = tuple(Field((name, place, field.way[-1]), field.asked, None) for field in fields_of(rows[0], ()))
        yield Group("One more", empty)

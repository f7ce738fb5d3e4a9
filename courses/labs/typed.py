"""From what a learner typed to the figures of a lab; what was typed is kept beside what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from catalogue.labs.figures import Field, Figures, groups_of
from catalogue.labs.saying import bare
from catalogue.schema.sentences import bounded
from catalogue.typed_numbers import WrongNumber, read_number

Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Entry:
    """One field of the form: what stands in it, and what is wrong with that."""

    name: str
    label: str
    unit: str
    typed: str
    problem: str = ""


@dataclass(frozen=True)
class EntryGroup:
    """Fields that stand together under a name."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Typed:
    """A form that was read: `figures` is None as long as something is wrong; `problem` belongs to no single field."""

    groups: tuple[EntryGroup, ...]
    figures: Figures | None
    problem: str = ""


def as_given(figures: Figures) -> Typed:
    """Return the form with the figures as they are."""
    return Typed(entered(figures, {}, {}), figures)


def read_typed(given: Figures, form: Mapping[str, str]) -> Typed:
    """Read a form; fields that it lacks keep the figures that were given, rows left empty fall away where rows are spare."""
    fields = tuple(field for group in groups_of(given) for field in group.fields)
    texts = {field.name: form.get(field.name, shown(field.value)).strip() for field in fields}
    kept = [field for field in fields if not (given.spare and in_empty_row(field, texts))]
    numbers, problems = numbers_of(kept, texts)
    if problems:
        return Typed(entered(given, texts, problems), None)
    figures, found = fitted(given, numbers)
    return Typed(entered(given, texts, found), figures, found.get("", ""))


def shown(value: Any) -> str:
    """Return a figure as it stands in a field; thousands are not parted, so that it can be read in one way only."""
    return "" if value is None else bare(value, 6).replace(",", "").replace("−", "-")


def in_empty_row(field: Field, texts: Mapping[str, str]) -> bool:
    """Say whether the field belongs to a row of which nothing is filled in."""
    if len(field.way) == 1:
        return False
    start = f"{field.way[0]}-{field.way[1]}-"
    return not any(text for name, text in texts.items() if name.startswith(start))


def numbers_of(fields: Sequence[Field], texts: Mapping[str, str]) -> tuple[dict[Way, float], dict[str, str]]:
    """Return the figures that could be read, by their way, and what is wrong with the others, by their name."""
    numbers: dict[Way, float] = {}
    problems: dict[str, str] = {}
    for field in fields:
        try:
            number = read_number(texts[field.name], field.asked.unit)
            numbers[field.way] = int(number) if number == int(number) else float(number)
        except WrongNumber as wrong:
            problems[field.name] = str(wrong)
    return numbers, problems


def fitted(given: Figures, numbers: Mapping[Way, float]) -> tuple[Figures | None, dict[str, str]]:
    """Return the figures in their shape, or what is wrong by the names of fields; "" holds what concerns several."""
    rows = sorted({(str(way[0]), int(way[1])) for way in numbers if len(way) > 1})
    values = given.model_dump() | {str(way[0]): number for way, number in numbers.items() if len(way) == 1}
    for name in {str(field.way[0]) for group in groups_of(given) for field in group.fields if len(field.way) > 1}:
        values[name] = tuple(filled(values[name], place, numbers) for list_name, place in rows if list_name == name)
    try:
        return type(given).model_validate(values), {}
    except ValidationError as error:
        return None, dict(reversed([worded(detail, given, rows) for detail in error.errors(include_url=False)]))


def filled(rows: tuple[dict[str, Any], ...], place: int, numbers: Mapping[Way, float]) -> dict[str, Any]:
    """Return one row with its figures; a spare one is like the first."""
    row = rows[min(place, len(rows) - 1)]
    own = {str(way[2]): number for way, number in numbers.items() if len(way) > 1 and way[1] == place}
    return row | own


def worded(detail: ErrorDetails, given: Figures, rows: Sequence[tuple[str, int]]) -> tuple[str, str]:
    """Return the name of the field that is wrong and what is wrong with it; rows may have moved up."""
    way = tuple(detail["loc"])
    if len(way) > 1:
        name, place = [row for row in rows if row[0] == way[0]][int(way[1])]
        way = (name, place, *way[2:])
    labels = {field.way: field.asked.label for group in groups_of(given) for field in group.fields}
    known = "-".join(map(str, way)) if way in labels else ""
    return known, sentence(detail, labels.get(way, ""))


def sentence(detail: ErrorDetails, label: str) -> str:
    """Say what is wrong with a figure."""
    if detail["type"] in ("int_type", "int_from_float"):
        return f"{label}: type a whole number, please."
    if detail["type"] == "impossible":
        return detail["msg"]
    if detail["type"] == "too_short":
        return "Fill in one row at least."
    return bounded(detail["type"], label, detail.get("ctx", {})) or f"{label} cannot be used: {detail['msg']}."


def entered(given: Figures, texts: Mapping[str, str], problems: Mapping[str, str]) -> tuple[EntryGroup, ...]:
    """Return the form's groups with what was typed and what is wrong."""
    return tuple(
        EntryGroup(group.title, tuple(entry(field, texts, problems) for field in group.fields))
        for group in groups_of(given)
    )


def entry(field: Field, texts: Mapping[str, str], problems: Mapping[str, str]) -> Entry:
    """Return one field as it stands in the form."""
    typed = texts.get(field.name, shown(field.value))
    return Entry(field.name, field.asked.label, field.asked.unit, typed, problems.get(field.name, ""))

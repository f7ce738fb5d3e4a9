"""Turns what pydantic found into sentences for authors, each with its line."""

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from catalogue.faults import Fault, Faults
from catalogue.schema.reading import Reading
from catalogue.schema.shape import PATTERNS, Shape

S = TypeVar("S", bound=Shape)
KINDS = ("single", "multiple", "order", "match", "dropdown", "hotspot", "numeric")
MENDS = {
    "why": "the reason why it is right or wrong, in 8 to 60 words",
    "id": "a permanent name in small letters and hyphens",
    "alt": "a text that says what the picture teaches to somebody who cannot see it",
    "objective": "the id of an objective of course.yaml",
    "objectives": "a list of ids of course.yaml's objectives",
    "family": "the facet it tests; its siblings bear the same word",
    "kind": f"one of {', '.join(KINDS)}",
    "pass": "how many right answers pass, or null where the owner publishes no mark",
}
WANTED = {
    "string_type": "a text; put it in quotes if it looks like a number, a date or a list",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date, like 2026-11-22",
    "tuple_type": "a list: [in brackets], or lines that begin with a hyphen",
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of `key: value` lines",
    "model_attributes_type": "a mapping of `key: value` lines",
    "none_required": "left empty (null)",
}


def shaped(reading: Reading, shape: type[S]) -> S:
    """Return a text's values in their shape; raise Faults with everything that does not fit."""
    try:
        return shape.model_validate({} if reading.value is None else reading.value)
    except ValidationError as error:
        raise Faults(faults_of(reading, shape, error)) from None


def faults_of(reading: Reading, shape: type[Shape], error: ValidationError) -> list[Fault]:
    """Word every error; of a value that could have been several things only the first is told."""
    found: dict[tuple[int | str, ...], Fault] = {}
    for detail in error.errors(include_url=False, include_context=True):
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue  # there are enough of them; those with faults of their own were not counted
        place = place_of(detail)
        steps = (*detail["loc"], "kind") if detail["type"] == "union_tag_invalid" else detail["loc"]
        found.setdefault(place, Fault(reading.path, reading.line(steps), sentence(detail, place, shape)))
    return list(found.values())


def place_of(detail: ErrorDetails) -> tuple[int | str, ...]:
    """Return where an error stands in the author's own words; the last step of an unknown key is always the author's."""
    *way, last = detail["loc"] or ("",)
    written = detail["type"] == "extra_forbidden" or not is_variant(last)
    return (*(step for step in way if not is_variant(step)), *((last,) if written and detail["loc"] else ()))


def is_variant(step: int | str) -> bool:
    """Say whether a step of pydantic's path is the name of a variant, which authors never wrote."""
    return isinstance(step, str) and (step in KINDS or "[" in step or "(" in step or step in ("str", "[key]"))


def sentence(detail: ErrorDetails, place: tuple[int | str, ...], shape: type[Shape]) -> str:
    """Say what is wrong and how to mend it."""
    name = next((f"`{step}`" for step in reversed(place) if isinstance(step, str)), "This")
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return missing(place)
    if kind == "extra_forbidden":
        return unknown(place, shape)
    if kind in WANTED:
        return f"{name} must be {WANTED[kind]}."
    return bounded(kind, name, context) or f"{name} cannot be used as it is: {detail['msg']}."


def missing(place: tuple[int | str, ...]) -> str:
    """Ask for what is missing."""
    name = str(place[-1])
    return f"`{name}` is missing here" + (f": {MENDS[name]}." if name in MENDS else "; add it.")


def unknown(place: tuple[int | str, ...], shape: type[Shape]) -> str:
    """Refuse an unknown key, with the known one that looks like it."""
    near = get_close_matches(str(place[-1]), known_keys(shape), 1, 0.75)
    if near and near[0] != place[-1]:
        return f"`{place[-1]}` is not known here; did you mean `{near[0]}`?"
    if " " in str(place[-1]).strip():
        return f"`{place[-1]}` is not known here; if it belongs to the text before it, put that text in quotes: a comma inside braces begins a new key."
    return f"`{place[-1]}` is not known here; remove it, or look at the list of keys in docs/authoring.md."


def known_keys(shape: type[Shape]) -> list[str]:
    """Return all keys of a document's shape and of the shapes inside it."""
    schema = shape.model_json_schema(by_alias=True)
    parts = (schema, *schema.get("$defs", {}).values())
    return sorted({key for part in parts for key in part.get("properties", {})})


def bounded(kind: str, name: str, context: dict[str, Any]) -> str | None:
    """Word an error about a limit, a pattern or a list of allowed words."""
    words = {
        "literal_error": "{name} can be {expected}.",
        "union_tag_invalid": "`kind` can be {expected_tags}.",
        "union_tag_not_found": "`kind` is missing here: one of " + ", ".join(KINDS) + ".",
        "string_too_short": "{name} is empty; write something.",
        "string_too_long": "{name} is longer than {max_length} characters; shorten it.",
        "too_short": "{name} needs {min_length} or more.",
        "too_long": "{name} takes {max_length} and no more.",
        "greater_than": "{name} must be more than {gt:g}.",
        "greater_than_equal": "{name} must be {ge:g} or more.",
        "less_than": "{name} must be less than {lt:g}.",
        "less_than_equal": "{name} must be {le:g} or less.",
        "date_from_datetime_parsing": "{name} must be a date, like 2026-11-22.",
    }
    if kind == "string_pattern_mismatch":
        return f"{name} must be {PATTERNS.get(context['pattern'], 'written like ' + context['pattern'])}."
    return words[kind].format(name=name, **context) if kind in words else None

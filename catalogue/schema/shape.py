"""What all documents have in common: strict shapes, ids, texts and references."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Shape(BaseModel):
    """A part of a document: nothing unknown in it, nothing guessed, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


def as_text(value: Any) -> Any:
    """Take a number for the text it was written as; owners number their criteria 1.2."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


KEBAB = r"[a-z0-9]+(?:-[a-z0-9]+)*"
Id = Annotated[str, StringConstraints(pattern=rf"^{KEBAB}$", max_length=80)]
DottedId = Annotated[str, StringConstraints(pattern=rf"^{KEBAB}(?:\.{KEBAB})*$", max_length=80)]
Reference = Annotated[str, StringConstraints(pattern=rf"^(?:{KEBAB}/)?{KEBAB}$", max_length=160)]
Anchored = Annotated[str, StringConstraints(pattern=rf"^(?:{KEBAB}/)?{KEBAB}(?:#{KEBAB})?$", max_length=240)]
MediaPath = Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=160)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Code = Annotated[str, BeforeValidator(as_text), StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]

# How a pattern is told to a person, by the pattern itself.
PATTERNS = {
    rf"^{KEBAB}$": "small letters, digits and hyphens, like `what-a-project-is`",
    rf"^{KEBAB}(?:\.{KEBAB})*$": "small letters, digits, hyphens and dots, like `contrast.time`",
    rf"^(?:{KEBAB}/)?{KEBAB}$": "an id, or another course's as `course/id`",
    rf"^(?:{KEBAB}/)?{KEBAB}(?:#{KEBAB})?$": "the id of a lesson, with `#heading` after it where it helps",
    r"^media/[A-Za-z0-9][A-Za-z0-9._-]*$": "a file of this course's media folder, like `media/lifecycle.svg`",
    r"^[a-z][a-z0-9_]*$": "a name of small letters, digits and underscores",
    r"^[^\n\r]*$": "one line",
}

"""A calculation with numbers drawn for each sitting; the answer is compared as a decimal."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from catalogue.questions import Question
from catalogue.typed_numbers import LONGEST, WrongNumber, read_number
from catalogue.variants import Variant
from quizzes.kinds.kind import Fields, Kind, Response, Shown, WrongResponse


def read(fields: Fields) -> Response:
    """Return what was typed; which number it is, is read with the question at hand."""
    return {"typed": " ".join(fields.get("number", ("",))[0][: 4 * LONGEST].split())}


def variant_of(shown: Shown) -> Variant:
    """Return the numbers of this sitting."""
    assert shown.variant, "a calculation has numbers"  # a kind is only asked about its own questions
    return shown.variant


def number_of(shown: Shown, response: Response) -> Decimal | None:
    """Return the number that was typed, or None for none."""
    if is_blank(response):
        return None
    try:
        return read_number(response["typed"], variant_of(shown).shape.unit)
    except WrongNumber as wrong:
        raise WrongResponse(str(wrong)) from None


def check(shown: Shown, response: Response) -> None:
    """Ask back where what was typed is no number, or could be two."""
    number_of(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give 1 within the tolerance or rounded as asked, else 0."""
    number = number_of(shown, response)
    return 1.0 if number is not None and variant_of(shown).is_right(number) else 0.0


def is_blank(response: Response) -> bool:
    """Say whether nothing was typed."""
    return not response.get("typed")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether something was typed."""
    return not is_blank(response)


def luck(question: Question) -> float:
    """Return the chance of a guess."""
    return 0.03


@dataclass(frozen=True)
class Finding:
    """What came of a typed number: whether it is right, and which known wrong way leads to it."""

    right: bool
    mistake_html: Markup | None


def finding(shown: Shown, response: Response) -> Finding:
    """Say what came of a response; a number that cannot be read is not right."""
    try:
        number = number_of(shown, response)
    except WrongResponse:
        number = None
    variant = variant_of(shown)
    if number is None or variant.is_right(number):
        return Finding(number is not None, None)
    mistake = variant.mistake(number)
    return Finding(False, shown.question.with_numbers(mistake.why, variant.told) if mistake else None)


KIND = Kind("numeric", read, check, share, is_blank, is_whole, luck, missing="Type your answer first.")

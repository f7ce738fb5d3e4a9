"""Numbers as people type them: with either separator, a unit behind them, a proper minus in front."""

import re
from decimal import Decimal

LONGEST = 60
SPACES = re.compile(r"[\s\u00a0\u202f\u2060'’_]+")  # between thousands, as in 12 000 or 12'000
PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
GROUPED = (
    re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?"),  # 1,234,567.8
    re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?"),  # 1.234.567,8
)
CURRENCY = re.compile(r"^([+\-−–]?)[\s\u2060]*[€$£]\s*")  # in front, before or behind a sign
LONE = re.compile(r"([+-]?)([1-9]\d{0,2})([.,])(\d{3})")  # 1,234: a thousand and more, or one and a bit


class WrongNumber(ValueError):
    """A text that is no number, or two; the text is a sentence for the person who typed it."""


def read_number(typed: str, unit: str | None = None) -> Decimal:
    """Return the number that was typed; raise WrongNumber where it cannot be read, or can be read in two ways."""
    text = without_unit(typed.strip(), unit)
    if not text or len(text) > LONGEST:
        raise WrongNumber("Type a number, please, such as 1234.5.")
    bare = SPACES.sub("", text.replace("−", "-").replace("–", "-"))
    if lone := LONE.fullmatch(bare):
        raise WrongNumber(two_readings(typed.strip(), lone))
    if GROUPED[0].fullmatch(bare) and ("." in bare or bare.count(",") > 1):
        return Decimal(bare.replace(",", ""))
    if GROUPED[1].fullmatch(bare) and ("," in bare or bare.count(".") > 1):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", ".").rstrip("."))
    raise WrongNumber(f"“{typed.strip()[:LONGEST]}” cannot be read as a number. Write it like 1234.5, please.")


def without_unit(text: str, unit: str | None) -> str:
    """Take the question's own unit from the end, and a currency sign from the front."""
    text = CURRENCY.sub(r"\1", text)
    for ending in filter(None, (unit, "%" if unit in ("percent", "per cent") else None)):
        if text.lower().endswith(ending.lower()):
            return text[: -len(ending)].rstrip()
    return text


def two_readings(typed: str, lone: re.Match[str]) -> str:
    """Ask which of two numbers was meant."""
    sign, whole, _, rest = lone.groups()
    return f"“{typed}” can be read in two ways. Write {sign}{whole}{rest} if you mean thousands, or {sign}{whole}.{rest}0 if you mean decimals."

"""What somebody typed into a form that could not be taken, held until it can be sent again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus

from accounts.local_addresses import is_local

MOST_FIELDS = 400
MOST_BYTES = 400_000  # as sent; the server takes half a million in one form
NEVER_HELD = ("password", "csrf_token")


@dataclass(frozen=True)
class Held:
    """Where a form was to go, and its fields in their order; passwords and tokens are never among them."""

    address: str
    fields: tuple[tuple[str, str], ...]

    def packed(self) -> str:
        """Write it into one line that a hidden field can carry."""
        return json.dumps([self.address, self.fields], ensure_ascii=False)

    @property
    def fits(self) -> bool:
        """Say whether it is small enough to travel along."""
        return len(self.fields) <= MOST_FIELDS and len(quote_plus(self.packed())) <= MOST_BYTES

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what is worth showing, each with a name in words."""
        return [(in_words(name), value) for name, value in self.fields if value.strip()]


def hold(address: str, fields: Iterable[tuple[str, str]]) -> Held:
    """Hold the fields of a form, without what must never be kept."""
    return Held(address, tuple((name, value) for name, value in fields if may_be_held(name)))


def may_be_held(name: str) -> bool:
    """Say whether a field may be held."""
    return not any(word in name.lower() for word in NEVER_HELD)


def in_words(name: str) -> str:
    """Turn a field's name into words."""
    return name.replace("_", " ").replace("-", " ").strip().capitalize() or "Field"


def unpack(line: str | None) -> Held | None:
    """Read what a hidden field carried; anything that we did not write there is nothing."""
    try:
        address, fields = json.loads(line or "")
        held = hold(address, [(name, value) for name, value in fields if isinstance(value, str)])
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return held if isinstance(address, str) and is_local(address) and held.fits else None

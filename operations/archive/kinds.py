"""What a value becomes in an archive, and back: every kind of column has one plain way of being written."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import sqlalchemy as sa

from core.database import UtcDateTime

HIGHEST, LOWEST = 2**63 - 1, -(2**63)
READABLE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
ESCAPED = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
LONGEST_LINE, LARGEST_FILE = 64 << 20, 256 << 20  # both are held in memory
NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


@dataclass(frozen=True)
class Kind:
    """One kind of column: with which type it is read from a database and put into one, and how it is written."""

    name: str
    stored: type[sa.types.TypeEngine[Any]]  # what the databases call it
    type: sa.types.TypeEngine[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def as_it_is(value: Any) -> Any:
    """Return a value that JSON can write as it is."""
    return value


def exactly(wanted: type) -> Callable[[Any], Any]:
    """Return a reader that takes values of one type only."""

    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise ValueError(f"{wanted.__name__} was expected")
        return value

    return read


def read_integer(value: Any) -> int:
    """Read a whole number that a database can hold."""
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise ValueError("a whole number of at most 64 bits was expected")
    return value


def write_number(value: float) -> float | str:
    """Write a number; JSON has no word for those that are not finite."""
    if math.isfinite(value):
        return float(value)
    return next(name for name, number in NOT_FINITE.items() if repr(number) == repr(value))


def read_number(value: Any) -> float:
    """Read a number."""
    if type(value) not in (int, float) and value not in NOT_FINITE:
        raise ValueError("a number was expected")
    return NOT_FINITE[value] if isinstance(value, str) else float(value)


def write_moment(value: datetime) -> str:
    """Write a moment in UTC, to the microsecond."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read_moment(value: Any) -> datetime:
    """Read a moment; one without its zone is none."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment in UTC was expected, ending in Z")
    return moment


def read_json(value: Any) -> Any:
    """Read a JSON value; its null is not the database's own."""
    return sa.JSON.NULL if value is None else value


KINDS = {
    kind.name: kind
    for kind in (
        Kind("boolean", sa.Boolean, sa.Boolean(), as_it_is, exactly(bool)),
        Kind("integer", sa.Integer, sa.BigInteger(), as_it_is, read_integer),
        Kind("number", sa.Float, sa.Double(), write_number, read_number),
        Kind("text", sa.String, sa.Text(), as_it_is, exactly(str)),
        Kind("json", sa.JSON, sa.JSON(none_as_null=True), json.loads, read_json),
        Kind("date", sa.Date, sa.Date(), date.isoformat, date.fromisoformat),
        Kind("moment", sa.DateTime, UtcDateTime(), write_moment, read_moment),
        Kind("bytes", sa.LargeBinary, sa.LargeBinary(), as_it_is, exactly(str)),  # its digest stands in the row
    )
}
Columns = Mapping[str, Kind]
Row = tuple[Any, ...]
Keep = Callable[[bytes], str]
Fetch = Callable[[str], bytes]


def kind_of(column: sa.Column[Any]) -> Kind:
    """Return the kind of a column of a database."""
    for kind in KINDS.values():
        if isinstance(column.type, kind.stored):
            return kind
    raise TypeError(f"Archives have no kind for {column.table.name}.{column.name}, which is {column.type!r}.")


def row_writer(columns: Columns, keep: Keep) -> Callable[[Row], bytes]:
    """Return what writes a table's rows, each as a line of JSON; bytes are kept as a file named by their digest."""
    steps = [
        (name, keep if kind.name == "bytes" else kind.write, kind.name == "json") for name, kind in columns.items()
    ]

    def write(row: Row) -> bytes:
        values = {}
        for (name, write_value, is_json), value in zip(steps, row, strict=True):
            if value is not None:
                values[name] = write_value(value)
            elif not is_json:  # left out, since null is a JSON value
                values[name] = None
        return written(values)

    return write


def written(values: Mapping[str, Any]) -> bytes:
    """Write one JSON object in one line, readable where it can be and escaped where UTF-8 has no way to write it."""
    try:
        return READABLE.encode(values).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, out of a JSON escape
        return ESCAPED.encode(values).encode() + b"\n"


def read_row(line: bytes, columns: Columns, fetch: Fetch) -> dict[str, Any]:
    """Read a line of JSON as a row; raise ValueError when it is not one of this table."""
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    values = cast(dict[str, Any], found)
    if not values.keys() <= columns.keys():
        raise ValueError(f"it has an unknown column {min(values.keys() - columns.keys())!r}")
    return {name: read_value(name, kind, values, fetch) for name, kind in columns.items()}


def read_value(name: str, kind: Kind, values: Mapping[str, Any], fetch: Fetch) -> Any:
    """Read one value of a row."""
    if name not in values:
        if kind.name == "json":
            return None
        raise ValueError(f"it lacks the column {name!r}")
    value = values[name]
    if value is None and kind.name != "json":
        return None
    try:
        read = kind.read(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"its {name} cannot be read ({error})") from None
    return fetch(read) if kind.name == "bytes" else read

"""The log of a learner's answers as lines of JSON: theirs to take away, and to be replayed by this or a later version."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa

from core.database import db
from progress.memories import Family, replayed
from progress.models import Record
from progress.remembering import Held
from progress.replay import Fact

FORMAT = "handover review log"
COLUMNS = (
    "number", "kind", "occurred_at", "course", "lesson", "objective", "family", "question", "digest",
    "mark", "confidence", "seconds", "rating", "weight", "source", "supersedes",
)  # fmt: skip


class WrongLog(ValueError):
    """A text that is no review log; the text is a sentence that names the line."""


def log_lines(learner_id: int, now: datetime) -> Iterator[str]:
    """Yield the log: a first line that says what it is, then one record a line, in the order of replay."""
    yield json.dumps({"log": FORMAT, "version": 1, "fsrs": version("fsrs"), "taken_at": now.isoformat()})
    columns = [getattr(Record, name) for name in COLUMNS]
    rows = sa.select(*columns).where(Record.learner_id == learner_id).order_by(Record.number)
    for row in db.session.execute(rows):
        yield json.dumps(dict(zip(COLUMNS, map(plain, row), strict=True)), ensure_ascii=False)


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, datetime) else value


def replayed_log(lines: Iterable[str]) -> dict[Family, Held]:
    """Return the memories that follow from a log."""
    told = [read_line(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not told or told[0].get("log") != FORMAT:
        raise WrongLog("Line 1 does not say that this is a review log; take one with `flask progress export-log`.")
    return replayed(fact_of(number, row) for number, row in enumerate(told[1:], start=2))


def read_line(number: int, line: str) -> dict[str, Any]:
    """Read one line."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        raise WrongLog(f"Line {number} is no JSON; the log is one object a line.") from None
    if not isinstance(row, dict):
        raise WrongLog(f"Line {number} holds no object; the log is one object a line.")
    return row


def fact_of(number: int, row: dict[str, Any]) -> Fact:
    """Return a line as replay needs it."""
    try:
        return Fact(
            number=int(row["number"]),
            kind=str(row["kind"]),
            occurred_at=datetime.fromisoformat(row["occurred_at"]),
            course=str(row["course"]),
            objective=row.get("objective"),
            mark=row.get("mark"),
            weight=float(row["weight"]),
            supersedes=row.get("supersedes"),
            family=row.get("family"),
            question=row.get("question"),
            rating=row.get("rating"),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise WrongLog(f"Line {number} lacks something or holds what cannot be ({wrong}).") from None


def memory_lines(memories: dict[Family, Held]) -> Iterator[str]:
    """Yield one line a memory, so that two versions can be compared line by line."""
    for (course, family), held in sorted(memories.items()):
        told = {name: plain(value) for name, value in asdict(held).items()}
        yield json.dumps({"course": course, "family": family} | told, ensure_ascii=False)

"""The log of a learner's answers as lines of JSON: theirs to take away, and to be replayed by this or a later version."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, cast, get_args

import sqlalchemy as sa

from core.database import db
from progress.memories import Family, replayed
from progress.models import Enrolment, Record
from progress.ratings import Rating
from progress.remembering import Held
from progress.replay import Fact

FORMAT = "handover review log"
RATINGS = get_args(Rating)
COLUMNS = (
    "number", "kind", "occurred_at", "course", "lesson", "objective", "family", "question", "digest",
    "mark", "confidence", "seconds", "rating", "weight", "source", "supersedes",
)  # fmt: skip


class WrongLog(ValueError):
    """A text that is no review log; the text is a sentence that names the line."""


def log_lines(learner_id: int, now: datetime, *, with_held: bool = False) -> Iterator[str]:
    """Yield the log: a first line that says what it is, then one record a line, in the order of replay.

    What was answered in exams whose results are held back is left out, unless it is asked for.
    """
    yield json.dumps({"log": FORMAT, "version": 1, "fsrs": version("fsrs"), "taken_at": now.isoformat()})
    columns = [getattr(Record, name) for name in COLUMNS]
    rows = sa.select(*columns).where(Record.learner_id == learner_id).order_by(Record.number)
    if not with_held:
        rows = rows.where(sa.not_(is_held(now)))
    for row in db.session.execute(rows):
        yield json.dumps(dict(zip(COLUMNS, map(plain, row), strict=True)), ensure_ascii=False)


def is_held(now: datetime) -> sa.ColumnElement[bool]:
    """Find the records of exams whose results nobody may see yet."""
    holds = sa.select(Enrolment.id).where(
        Enrolment.learner_id == Record.learner_id, Enrolment.course == Record.course, Enrolment.results_held_until > now
    )
    return sa.and_(Record.source.startswith("exam:"), holds.exists())


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, datetime) else value


def replayed_log(lines: Iterable[str]) -> dict[Family, Held]:
    """Return the memories that follow from a log."""
    told = [(number, read_line(number, line)) for number, line in enumerate(lines, start=1) if line.strip()]
    if not told or told[0][1].get("log") != FORMAT:
        raise WrongLog(
            "The first line does not say that this is a review log; take one with `flask progress export-log`."
        )
    return replayed(fact_of(number, row) for number, row in told[1:])


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
            occurred_at=datetime.fromisoformat(row["occurred_at"]).astimezone(UTC),
            course=str(row["course"]),
            objective=row.get("objective"),
            mark=None if row.get("mark") is None else float(row["mark"]),
            weight=float(row["weight"]),
            supersedes=row.get("supersedes"),
            family=row.get("family"),
            question=row.get("question"),
            rating=None if row.get("rating") is None else known_rating(row["rating"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise WrongLog(f"Line {number} lacks something or holds what cannot be ({wrong}).") from None


def known_rating(value: object) -> Rating:
    """Return a rating; raise ValueError for what is none."""
    if value not in RATINGS:
        raise ValueError(f"{value!r} is no rating")
    return cast(Rating, value)


def memory_lines(memories: dict[Family, Held]) -> Iterator[str]:
    """Yield one line a memory, so that two versions can be compared line by line."""
    for (course, family), held in sorted(memories.items()):
        told = {name: plain(value) for name, value in asdict(held).items()}
        yield json.dumps({"course": course, "family": family} | told, ensure_ascii=False)

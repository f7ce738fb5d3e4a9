"""Learners' own words beside a lesson."""

from datetime import datetime

import sqlalchemy as sa

from core.database import db
from core.errors import Refused
from courses.models import Note

LONGEST = 20_000
CHANGED = "This note was changed in another window. Copy what you wrote here, reload the page, and put both together."
TOO_LONG = f"A note holds up to {LONGEST:,} characters; shorten this one, or carry on in the note of another lesson."


def keep_note(learner_id: int, course: str, lesson: str, text: str, version: int, *, now: datetime) -> Note:
    """Keep a note in place of the version that its writer saw; the caller commits."""
    text = tidy(text)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG, 400)
    note = own_note(learner_id, course, lesson)
    if note is None:
        note = Note(learner_id=learner_id, course=course, lesson=lesson, text="", saved_at=now)
        db.session.add(note)
    elif note.text == text:
        return note  # a retry, or the same words in two windows
    elif version_at(note.saved_at) != version:
        raise Refused(CHANGED)
    note.text, note.saved_at = text, now
    db.session.flush()
    return note


def own_note(learner_id: int, course: str, lesson: str) -> Note | None:
    """Return the learner's note on a lesson."""
    return db.session.scalar(
        sa.select(Note).where(Note.learner_id == learner_id, Note.course == course, Note.lesson == lesson)
    )


def version_at(saved_at: datetime | None) -> int:
    """Return a number that every change of a note moves; 0 is a note that is not there."""
    return int(saved_at.timestamp() * 1_000_000) if saved_at else 0


def tidy(text: str) -> str:
    """Return a text as it is kept: lines end in one way, and without the one character that no database takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

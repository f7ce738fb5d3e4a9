"""What can be done about a question that seems wrong: report it, answer the report, see the answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from accounts.models import Person
from core.database import db
from core.errors import Refused
from quizzes.models import QuestionReport

SHORTEST, LONGEST = 5, 2_000
MOST_A_DAY = 20
A_DAY = timedelta(days=1)

TOO_SHORT = "Say in a few words what is wrong."
TOO_LONG = "This holds {most:,} characters at most; what you wrote has {length:,}."
TOO_MANY = f"You have sent {MOST_A_DAY} reports within a day. Thank you; send the next one tomorrow."
ANSWERED = "Somebody has answered this report meanwhile; their answer stays."


@dataclass(frozen=True)
class Seen:
    """A question as it was shown to whoever reports it."""

    question: str  # course/id
    revision: int
    digest: str
    item_id: int | None = None


def report_question(learner_id: int, seen: Seen, text: str, *, now: datetime) -> QuestionReport:
    """Keep a report; the same words about the same question once more are the same report.

    The caller holds the learner's turn to write, and commits.
    """
    text = sound_text(text)
    known = same_report(learner_id, seen.digest, text)
    if known:
        return known
    if reports_since(learner_id, now - A_DAY) >= MOST_A_DAY:
        raise Refused(TOO_MANY, 429)
    report = QuestionReport(
        learner_id=learner_id,
        question=seen.question,
        revision=seen.revision,
        digest=seen.digest,
        item_id=seen.item_id,
        text=text,
        reported_at=now,
    )
    db.session.add(report)
    db.session.flush()
    return report


def answer_report(report: QuestionReport, text: str, *, by: Person, now: datetime) -> None:
    """Answer a report, once; the same answer sent again is acknowledged again."""
    text = sound_text(text)
    if report.answered_at is not None:
        if (report.answer, report.answered_by_id) == (text, by.id):
            return
        raise Refused(ANSWERED)
    report.answer, report.answered_by_id, report.answered_at = text, by.id, now
    db.session.flush()


def see_answer(report: QuestionReport, *, now: datetime) -> None:
    """Keep that the learner has seen the answer; where there is none yet, nothing is done."""
    if report.answered_at is not None and report.seen_at is None:
        report.seen_at = now
        db.session.flush()


def sound_text(text: str) -> str:
    """Return a text as it is kept, or refuse one that says nothing or too much."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if len(plain) < SHORTEST:
        raise Refused(TOO_SHORT, 422)
    if len(plain) > LONGEST:
        raise Refused(TOO_LONG.format(most=LONGEST, length=len(plain)), 422)
    return plain


def same_report(learner_id: int, digest: str, text: str) -> QuestionReport | None:
    """Return the report that says the same about the same question, if there is one."""
    return db.session.scalar(
        sa.select(QuestionReport)
        .where(QuestionReport.learner_id == learner_id, QuestionReport.digest == digest, QuestionReport.text == text)
        .limit(1)
    )


def reports_since(learner_id: int, moment: datetime) -> int:
    """Count a learner's reports since a moment."""
    sent = QuestionReport.learner_id == learner_id, QuestionReport.reported_at > moment
    return db.session.scalar(sa.select(sa.func.count()).select_from(QuestionReport).where(*sent)) or 0

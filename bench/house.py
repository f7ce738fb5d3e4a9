"""A house to be measured: a fresh database with the real course and some hundreds of learners who have a history."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

import sqlalchemy as sa
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_alembic import Alembic
from flask_wtf.csrf import generate_csrf

from app import create_app
from bench.errands import Visitor
from bench.learners import COURSE, LONG, deciding, seated, settle
from catalogue.live import current, refresh
from catalogue.publishing import sync
from catalogue.questions import Question
from core.clock import now
from core.config import ROOT, Settings
from core.database import db, writing
from quizzes.sittings.queries import items_of

SECRET = "known to everybody, and good enough on loopback"  # noqa: S105
READ = "measuring-a-project"  # the lesson page that is fetched
ANSWERED = "where-the-two-meet"  # nobody of the invented learners came so far, so its checks are open


@dataclass(frozen=True)
class Asked:
    """A question of one right answer, as a page asks it."""

    path: str
    options: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class House:
    """A folder with a database in it, and who lives there."""

    folder: Path
    settings: Settings
    visitors: tuple[Visitor, ...]
    asked: tuple[Asked, ...]
    examined: Asked | None = None  # in the middle of a long exam, where one was begun

    @property
    def lesson_path(self) -> str:
        """Return the address of the lesson page that is fetched."""
        return f"/courses/{COURSE}/lessons/{READ}"

    def environment(self) -> dict[str, str]:
        """Return what a process must be told to serve this house."""
        return {
            "INSTANCE_DIR": str(self.folder),
            "DATABASE_URL": self.settings.database_url.replace("+psycopg", ""),
            "SECRET_KEY": SECRET,
            "HANDOVER_SERVING": "1",
        }


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend a folder on the disk that the product lives on; it is gone afterwards."""
    (ROOT / ".build").mkdir(exist_ok=True)
    folder = Path(mkdtemp(prefix="bench-", dir=ROOT / ".build"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settings_for(folder: Path, url: str | None = None) -> Settings:
    """Return the settings of a house in this folder."""
    return Settings(url or f"sqlite:///{folder / 'handover.sqlite'}", SECRET, instance_dir=folder)


def furnish(settings: Settings) -> Flask:
    """Make the tables and publish the content."""
    app = create_app(settings)
    with app.app_context():
        cast(Alembic, app.extensions["alembic"]).upgrade()
        with writing():
            sync(settings.content_dir, now())
        refresh()
    return app


def build_house(folder: Path, learners: int, url: str | None = None, *, in_exam: bool = False) -> House:
    """Build a house with so many learners, each of them in a long exam and in a scenario if that is wanted."""
    settings = settings_for(folder, url)
    app = furnish(settings)
    with app.app_context():
        people = settle(learners)
        asked = tuple(asked_in(one) for one in checks_of(ANSWERED) if one.kind == "single")
        moment = now()
        exams = {number: str(seated(number, moment)) for number, _ in people} if in_exam else {}
        runs = {number: str(deciding(number, moment)) for number, _ in people} if in_exam else {}
        examined = asked_at_half(int(next(iter(exams.values())))) if exams else None
        db.engine.dispose()
    visitors = tuple(
        Visitor(number, *signed_in(app, key), exam=exams.get(number, "0"), run=runs.get(number, "0"))
        for number, key in people
    )
    return House(folder, settings, visitors, asked, examined)


def asked_at_half(attempt: int) -> Asked:
    """Return the question in the middle of a long exam; it is the same one for everybody."""
    position = LONG // 2
    question = current().question(items_of(attempt)[position - 1].question)
    assert question
    path = f"/attempts/@exam/answers/{position}"
    return Asked(path, tuple(option.id for option in question.options), question.digest)


def asked_in(question: Question) -> Asked:
    """Return what a client needs to know of a question."""
    path = f"/courses/{COURSE}/checks/{ANSWERED}/{question.id}"
    return Asked(path, tuple(option.id for option in question.options), question.digest)


def checks_of(lesson: str) -> list[Question]:
    """Return the questions that are asked in a lesson."""
    catalogue = refresh()
    found = catalogue.courses[COURSE].lesson(lesson)
    asked = (catalogue.question(ref) for ref in found.checks) if found else ()
    return [question for question in asked if question]


def signed_in(app: Flask, key: str) -> tuple[str, str]:
    """Return the cookie of somebody who is signed in, and the token of their forms."""
    with app.test_request_context():
        session["_user_id"], session["_fresh"] = key, True
        token = generate_csrf()
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer
        return f"session={signer.dumps(dict(session))}", token


def kept(house: House) -> int:
    """Count the steps that the database has."""
    engine = sa.create_engine(house.settings.database_url)
    with engine.connect() as connection:
        count = connection.scalar(sa.text("SELECT count(*) FROM answer_step"))
    engine.dispose()
    return int(count or 0)

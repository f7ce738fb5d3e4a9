"""A house to be measured: a fresh database with the real course and some hundreds of learners who have a history."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_alembic import Alembic
from flask_wtf.csrf import generate_csrf

from app import create_app
from bench.errands import Visitor
from bench.learners import COURSE, settle
from catalogue.live import refresh
from catalogue.publishing import sync
from core.clock import now
from core.config import ROOT, Settings
from core.database import db, writing

SECRET = "known to everybody, and good enough on loopback"  # noqa: S105
READ = "measuring-a-project"  # the lesson page that is fetched
ANSWERED = "where-the-two-meet"  # nobody of the invented learners came so far, so its checks are open


@dataclass(frozen=True)
class House:
    """A folder with a database in it, and who lives there."""

    folder: Path
    settings: Settings
    visitors: tuple[Visitor, ...]
    question: str
    options: tuple[str, str]
    digest: str

    @property
    def lesson_path(self) -> str:
        """Return the address of the lesson page that is fetched."""
        return f"/courses/{COURSE}/lessons/{READ}"

    @property
    def answer_path(self) -> str:
        """Return the address that answers are posted to."""
        return f"/courses/{COURSE}/checks/{ANSWERED}/{self.question}"

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


def build_house(folder: Path, learners: int, url: str | None = None) -> House:
    """Build a house with so many learners."""
    settings = settings_for(folder, url)
    app = furnish(settings)
    with app.app_context():
        people = settle(learners)
        question = next(one for one in checks_of(ANSWERED) if one.kind == "single")
        db.engine.dispose()
    visitors = tuple(Visitor(number, *signed_in(app, key)) for number, key in people)
    first, second = (option.id for option in question.options[:2])
    return House(folder, settings, visitors, question.id, (first, second), question.digest)


def checks_of(lesson: str) -> list[Any]:
    """Return the questions that are asked in a lesson."""
    catalogue = refresh()
    found = catalogue.courses[COURSE].lesson(lesson)
    return [catalogue.question(ref) for ref in found.checks] if found else []


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

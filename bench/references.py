"""What the product is measured against: small views as anybody would write them, on the same rows and with the same bytes."""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_login import LoginManager, current_user
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup

from accounts.models import Person
from core.clock import now
from core.config import ROOT
from core.database import UtcDateTime, open_sqlite
from progress.models import Reading
from quizzes.models import AnswerStep, Attempt, AttemptItem
from simulations.models import RunDecision, ScenarioRun

TEMPLATES = Path(__file__).with_name("templates")
LINKED = {
    "accounts": ("theme", "sign_out", "account"),
    "courses": ("start", "search", "index", "glossary", "accessibility", "privacy"),
    "sittings": ("practice", "review", "exams"),
    "progress": ("own",),
    "simulations": ("scenarios",),
}
SHOWN = [  # what the product shows a learner
    {"label": "Courses", "endpoint": "courses.index", "current": True},
    {"label": "Practice", "endpoint": "sittings.practice", "current": False},
    {"label": "Review", "endpoint": "sittings.review", "current": False},
    {"label": "Exams", "endpoint": "sittings.exams", "current": False},
    {"label": "Scenarios", "endpoint": "simulations.scenarios", "current": False},
    {"label": "Progress", "endpoint": "progress.own", "current": False},
    {"label": "Glossary", "endpoint": "courses.glossary", "current": False},
]
MIDDLE = 90  # of 180 questions
db = SQLAlchemy()
steps = sa.Table(
    "plain_step",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.Integer, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("response", sa.JSON, nullable=False),
    sa.Column("taken_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "sequence"),
)


def create_app() -> Flask:
    """Build the app of the references; the environment says where the database and the bytes are."""
    app = Flask("bench.references", root_path=str(ROOT), static_folder=None)
    app.config.update(
        SECRET_KEY=os.environ["SECRET_KEY"],
        WTF_CSRF_TIME_LIMIT=None,
        SQLALCHEMY_ENGINES={"default": os.environ["BENCH_DATABASE"]},
    )
    furnish(app)
    serve_pages(app, Path(os.environ["BENCH_BYTES"]))
    return app


def furnish(app: Flask) -> None:
    """Give the app what every Flask application of this kind has."""
    app.jinja_loader = ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(ROOT / "templates")])
    CSRFProtect(app)
    Compress(app)
    db.init_app(app)
    # Its own asynchronous farewell would cost each request a thread; a reference is not made slow on purpose.
    app.teardown_appcontext_funcs[:] = app.teardown_appcontext_funcs[:1]
    if app.config["SQLALCHEMY_ENGINES"]["default"].startswith("sqlite"):
        with app.app_context():
            sa.event.listen(db.engine, "connect", open_sqlite)
            sa.event.listen(db.engine, "begin", begin)
    manager = LoginManager(app)
    manager.user_loader(person_of)
    app.add_template_global(lambda path: f"/static/0123456789ab/{path}", "asset")
    app.add_url_rule("/healthz", "healthz", lambda: "alive")
    for room, names in LINKED.items():
        for name in names:
            app.add_url_rule(f"/{room}/{name}", f"{room}.{name}", lambda: "")


def begin(connection: sa.Connection) -> None:
    """Begin; who is about to write takes SQLite's lock at once, as it advises."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if request and request.method == "POST" else "BEGIN")


def person_of(key: str) -> Person | None:
    """Return whose session it is, through the ORM."""
    return db.session.get(Person, int(key.partition(".")[0]))


def serve_pages(app: Flask, folder: Path) -> None:
    """Add the pages: a lesson, an answer, and a bare view of the lesson's bytes as they go over the wire."""
    lesson_body, question_body, decision_body = (body_in(folder, name) for name in ("body", "question", "decision"))
    packed, encoding = (folder / "page.packed").read_bytes(), (folder / "page.encoding").read_text()

    @app.get("/lesson")
    def lesson() -> str:
        mine = signed_in()
        return framed("plain_lesson.html", lesson_body, readings=read_by(mine), items=items_of(mine))

    @app.get("/question/<int:attempt>")
    def question(attempt: int) -> str:
        places = places_of(signed_in(), attempt)
        return framed("plain_question.html", question_body, places=places, steps=steps_of(attempt))

    @app.get("/decision/<int:run>")
    def decision(run: int) -> str:
        played = run_of(signed_in(), run)
        return framed("plain_decision.html", decision_body, run=played, decisions=decisions_of(run))

    @app.post("/answer")
    def answer() -> ResponseReturnValue:
        keep(signed_in(), int(request.form["sequence"]), request.form.getlist("option"))
        return redirect("/lesson")

    @app.get("/bare")
    def bare() -> Response:
        return Response(packed, mimetype="text/html", headers={"Content-Encoding": encoding, "Vary": "Accept-Encoding"})


def body_in(folder: Path, name: str) -> Markup:
    """Return what the product's own page shows between head and foot."""
    return Markup((folder / f"{name}.html").read_text(encoding="utf-8"))  # noqa: S704  # our own page


def signed_in() -> int:
    """Return who it is, or refuse a stranger."""
    return int(current_user.id) if current_user.is_authenticated else abort(401)


def framed(template: str, body: Markup, **rows: object) -> str:
    """Return a page in the frame that every page has."""
    return render_template(template, body=body, nav=SHOWN, viewer=current_user, theme=None, **rows)


def read_by(learner: int) -> list[Any]:
    """Return the learner's lessons."""
    rows = sa.select(Reading.lesson, Reading.place, Reading.read_at, Reading.completed_at)
    return list(db.session.execute(rows.where(Reading.learner_id == learner)))


def items_of(learner: int) -> list[Any]:
    """Return the learner's tries."""
    rows = sa.select(AttemptItem.question, AttemptItem.try_number, AttemptItem.digest, AttemptItem.seed)
    mine = Attempt.learner_id == learner, Attempt.lesson == "measuring-a-project"
    return list(db.session.execute(rows.join(Attempt, Attempt.id == AttemptItem.attempt_id).where(*mine)))


def places_of(learner: int, attempt: int) -> list[Any]:
    """Return what is answered and flagged of an exam."""
    rows = sa.select(AttemptItem.position, AttemptItem.answered_at, AttemptItem.flagged_at)
    mine = Attempt.learner_id == learner, Attempt.id == attempt
    return list(db.session.execute(rows.join(Attempt, Attempt.id == AttemptItem.attempt_id).where(*mine)))


def steps_of(attempt: int) -> list[Any]:
    """Return what was done about the question in the middle."""
    rows = sa.select(AnswerStep.sequence, AnswerStep.response).join(AttemptItem, AttemptItem.id == AnswerStep.item_id)
    return list(db.session.execute(rows.where(AttemptItem.attempt_id == attempt, AttemptItem.position == MIDDLE)))


def run_of(learner: int, run: int) -> Any:
    """Return a learner's run with its story."""
    rows = sa.select(ScenarioRun.turn, ScenarioRun.story, ScenarioRun.ended_at)
    return db.session.execute(rows.where(ScenarioRun.learner_id == learner, ScenarioRun.id == run)).one()


def decisions_of(run: int) -> list[Any]:
    """Return what was decided in a run."""
    rows = sa.select(RunDecision.turn, RunDecision.choice).where(RunDecision.run_id == run)
    return list(db.session.execute(rows.order_by(RunDecision.number)))


def keep(learner: int, sequence: int, options: list[str]) -> None:
    """Keep an answer: one select, one insert, one commit."""
    last = db.session.scalar(sa.select(sa.func.max(steps.c.sequence)).where(steps.c.learner_id == learner))
    number = max(last or 0, sequence) + 1
    row = {"learner_id": learner, "sequence": number, "response": {"options": options}, "taken_at": now()}
    db.session.execute(sa.insert(steps).values(row))
    db.session.commit()

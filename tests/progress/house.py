"""A bare house for verbs and questions: a database of its own and a course of two lessons, without pages."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from accounts.models import Person
from catalogue.building import build
from catalogue.live import Holder
from core.database import Model, db, prepare_database, writing
from core.offers import prepare_offers

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=20)

COURSE = """\
title: Two lives of one launch
summary: A course of two lessons.
level: foundation
status: preview
domains:
  - id: contrast
    title: Telling the two apart
    weight: 60
    objectives:
      - {id: contrast.time, title: Tell a project from a service}
  - id: together
    title: Working together
    weight: 40
    objectives:
      - {id: together.line, title: Name what crosses the line}
modules:
  - {id: start, title: Start, lessons: [first, second]}
"""
LESSON = """\
---
title: Lesson {name}
summary: A project ends and a service goes on.
objectives: [{objective}]
minutes: {minutes}
---
A project ends.
"""
CHECK = "\n/// check\n{name}\n///\n"
QUESTION = """\
  - id: {name}
    kind: {kind}
    family: {family}
    objective: {objective}
    side: both
    difficulty: easy
    level: understand
    lesson: first
    stem: {stem}
    options:
      - text: The rollout
        id: rollout
        correct: true
        why: It had an agreed end and produced something unique that day.
      - text: The plan for it
        id: plan
        {plan}why: It belongs to the rollout and ends with it as well here.
      - text: The tuning
        id: tuning
        why: It goes on for as long as the service itself does.
"""


def question(name, kind="single", family="ends", objective="contrast.time", stem=None):
    plan = "correct: true\n        " if kind == "multiple" else ""
    stem = stem or f"Which part of the work {name} is a project?"
    return QUESTION.format(name=name, kind=kind, family=family, objective=objective, stem=stem, plan=plan)


def lesson(name, objective, checks, minutes):
    text = LESSON.format(name=name, objective=objective, minutes=minutes)
    return text + "".join(CHECK.format(name=check) for check in checks)


def sources(**stems):
    bank = [
        question(name, kind, stem=stems.get(name))
        for name, kind in (("one", "single"), ("two", "multiple"), ("spare", "single"))
    ]
    line = [question(name, "single", "line", "together.line", stems.get(name)) for name in ("three", "four", "five")]
    return {
        "c/course.yaml": COURSE,
        "c/lessons/first.md": lesson("first", "contrast.time", ["one", "two"], 2),
        "c/lessons/second.md": lesson("second", "together.line", ["three"], 1),
        "c/questions/terms.yaml": "title: Key terms\nquestions:\n" + "".join(bank + line),
    }


def catalogue(**stems):
    return build(sources(**stems), {})


def make_house(url, folder):
    """Return an app with its tables and the course, and with Ana (1) and Ben (2) in it."""
    app = Flask("house", instance_path=str(folder))
    app.config["SECRET_KEY"] = "a key for tests only"
    prepare_offers(app)
    prepare_database(app, url)
    app.extensions["catalogue"] = Holder(catalogue())
    with app.app_context():
        Model.metadata.create_all(db.engine)
        with writing() as session:
            for key in ("ana", "ben"):
                session.add(person(key))
                session.flush()
    return app


def person(key):
    return Person(
        email=f"{key}@example.org",
        email_key=f"{key}@example.org",
        name=key.title(),
        password_hash="-",
        password_set_at=NOW,
        session_stamp="s",
        created_at=NOW,
    )


def reword(app, **stems):
    """Publish other words for some questions."""
    app.extensions["catalogue"] = Holder(catalogue(**stems))

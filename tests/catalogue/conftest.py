"""A small course that holds, a builder that changes it, and a house with a fresh database."""

from datetime import UTC, datetime

import pytest

from catalogue.building import build
from catalogue.faults import Faults
from catalogue.media import inspect
from core.database import db

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><title>Two lives</title><path d="M0 0h9"/></svg>'
)

COURSE = """\
title: Two lives of one launch
summary: A course of one lesson.
level: foundation
status: live
domains:
  - id: contrast
    title: Telling the two apart
    weight: 100
    objectives:
      - {id: contrast.time, title: Tell a project from a service}
modules:
  - {id: start, title: Start, lessons: [time-and-ends]}
misconceptions:
  - {id: every-task-is-a-project, title: Calls every task a project, lesson: time-and-ends}
"""
LESSON = """\
---
title: Time and ends
summary: A project ends and a service goes on.
objectives: [contrast.time]
minutes: 1
---
A project ends. See [early life support](term:early-life-support).

## The same change

/// check
one
///

/// figure | media/lives.svg
Two lines: one ends, the other goes on.
///
"""
QUESTION = """\
  - id: {id}
    kind: single
    family: project-or-operation
    objective: contrast.time
    side: both
    difficulty: easy
    level: understand
    lesson: time-and-ends#the-same-change
    stem: Which part of the work {id} is a project?
    options:
      - text: The rollout
        correct: true
        why: It had an agreed end and produced something unique that day.
      - text: The tuning
        why: It goes on for as long as the service itself does.
        misconception: every-task-is-a-project
"""
BANK = "title: Key terms\nquestions:\n" + "".join(QUESTION.format(id=name) for name in ("one", "two", "three"))
GLOSSARY = """\
terms:
  - id: early-life-support
    term: Early life support
    side: service
    meaning: The first weeks of a [service](c/time-and-ends.md) in use.
"""
CAREERS = """\
roles:
  - {id: coordinator, title: Coordinator, side: project, summary: Keeps order., does: [Keeps the plan], lessons: [c/time-and-ends]}
"""
SOURCES = {
    "c/course.yaml": COURSE,
    "c/lessons/time-and-ends.md": LESSON,
    "c/questions/key-terms.yaml": BANK,
    "glossary.yaml": GLOSSARY,
    "careers.yaml": CAREERS,
}
FILES = {"c/media/lives.svg": PICTURE}
LESSON_PATH, BANK_PATH = "c/lessons/time-and-ends.md", "c/questions/key-terms.yaml"


def media(files=FILES):
    return {path: inspect(path.rpartition("/")[2], content) for path, content in files.items()}


def faults_of(sources, files=FILES):
    """Return every fault of some sources, as lines."""
    try:
        build(sources, media(files))
    except Faults as faults:
        return [str(fault) for fault in faults.faults]
    return []


def changed(path, old, new):
    """Return the sources with one text changed."""
    assert old in SOURCES[path]
    return {**SOURCES, path: SOURCES[path].replace(old, new, 1)}


@pytest.fixture
def folder(tmp_path):
    """The small course as a folder of files."""
    return write_folder(tmp_path / "content")


def write_folder(root):
    for path, content in {**SOURCES, **FILES}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def house(tmp_path, folder):
    """An app with an empty, migrated database in a file, its context pushed."""
    from app import alembic, create_app
    from tests.conftest import settings_for

    data = tmp_path / "data"
    data.mkdir()
    app = create_app(settings_for(data, content_dir=folder))
    with app.app_context():
        alembic.upgrade()
        yield app
        db.session.close()
        db.engine.dispose()

"""Learners in the test course, and the same course under other rules."""

import shutil

import pytest

from core.database import db, writing
from progress.enrolments import enrol
from tests.conftest import CONTENT, NOW, token

FIRST, SECOND, THIRD = (f"/courses/try-out/lessons/{name}" for name in ("first", "second", "third"))


@pytest.fixture
def join(app, cast):
    """Return a function that lets somebody take the test course."""

    def take(key):
        with app.app_context(), writing(learner=cast[key].id):
            enrol(cast[key].id, "try-out", now=NOW)

    return take


@pytest.fixture
def ana(sign_in, join):
    """Ana at her browser; she takes the test course."""
    join("ana")
    return sign_in("ana")


@pytest.fixture
def rewrite(app, tmp_path):
    """Return a function that publishes the test content with one text in place of another."""
    from catalogue import live
    from catalogue.publishing import sync

    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)

    def change(path, old, new):
        file = folder / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
        with app.app_context():
            with writing():
                sync(folder, now=NOW)
            live.refresh()
            db.session.rollback()

    return change


def read(client, url):
    """Read a lesson to its end."""
    return client.post(f"{url}/reading", data={"csrf_token": token(client.get(url))})


def text(response):
    return response.get_data(as_text=True)

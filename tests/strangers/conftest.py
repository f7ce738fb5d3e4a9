"""One house for a whole file of tests: strangers mostly knock, and a fresh house for every knock would take the evening."""

import shutil

import pytest

from accounts.mentorships import begin_mentorship
from accounts.models import Person
from accounts.people import add_person
from app import create_app
from catalogue import live
from core.database import db, writing
from tests.conftest import CAST, NOW, PASSWORD, settings_for, under_test
from tests.whole.test_routes import fresh_token

# For what means the same on every database.
on_sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


class House:
    """A running house with its cast, and browsers for them; its pages are looked at by the tests themselves."""

    def __init__(self, settings):
        self.app = under_test(create_app(settings))
        self.app.config["PROPAGATE_EXCEPTIONS"] = False  # a crash is to be seen as its 500
        with self.app.app_context():
            live.refresh()
            self.ids = self.people()

    def people(self):
        with writing() as session:
            people = {
                key: add_person(f"{key}@example.org", name, PASSWORD, [role], now=NOW)
                for key, (name, role) in CAST.items()
            }
            session.flush()
            for learner in ("ana", "ben"):
                begin_mentorship(people["mara"], people[learner], now=NOW)
            return {key: person.id for key, person in people.items()}

    def visitor(self, key=None):
        """Return a browser, with one of the cast signed in."""
        client = self.app.test_client()
        if key:
            with self.app.app_context():
                person = db.session.get(Person, self.ids[key])
                with client.session_transaction() as session:
                    session["_user_id"], session["_fresh"] = person.get_id(), True
        return client

    def post(self, client, path, fields=(), headers=None):
        """Send a form as one of our pages would, with its token."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        data = {}
        for name, value in [("csrf_token", fresh_token(client)), *pairs]:
            data.setdefault(name, []).append(value)
        return client.post(path, data=data, headers=headers)

    def close(self):
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def house(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("strangers")
    shutil.copy(sqlite_template, folder / "handover.sqlite")
    house = House(settings_for(folder))
    yield house
    house.close()

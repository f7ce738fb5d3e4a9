"""This room stands on core alone, so its tests need migrated databases and no courses."""

import pytest
import sqlalchemy as sa

from app import alembic, create_app
from core.database import db
from tests.conftest import PASSWORD, Postgres, settings_for, token, under_test

# For tables of cases that mean the same on every database.
on_sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
HERE = {"Sec-Fetch-Site": "same-origin"}


def migrate(settings):
    with create_app(settings).app_context():
        alembic.upgrade()
        db.engine.dispose()


class BarePostgres(Postgres):
    """Databases with tables and nothing in them."""

    def __init__(self, uri, folder):
        self.server = sa.create_engine(uri, isolation_level="AUTOCOMMIT")
        self.count = 1000
        self.make("handover_bare", "template1")
        migrate(settings_for(folder, self.url("handover_bare")))

    def copy(self):
        self.count += 1
        name = f"handover_{self.count}"
        self.make(name, "handover_bare")
        return name, self.url(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    migrate(settings_for(folder))
    return folder / "handover.sqlite"


@pytest.fixture(scope="session")
def postgres_copies(postgres, tmp_path_factory):
    copies = BarePostgres(postgres, tmp_path_factory.mktemp("bare-pg"))
    yield copies
    copies.server.dispose()


@pytest.fixture
def app(make_app):
    return make_app()


@pytest.fixture
def make_app(settings):
    """Return a function that builds one more app (as another process would) on the same database."""
    from dataclasses import replace

    made = []

    def make(**changes):
        app = under_test(create_app(replace(settings, **changes)))
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def within(app):
    """Run inside the app, as a command does."""
    with app.app_context():
        yield app


def enter(client, email, password=PASSWORD, **fields):
    """Come in through the door."""
    page = client.get("/sign-in", follow_redirects=True)  # whoever is in already is led on to another page with a form
    page = page if page.status_code == 200 and "csrf_token" in page.text else client.get("/account")
    return client.post("/sign-in", data={"csrf_token": token(page), "email": email, "password": password, **fields})

"""The bare house as fixtures, on a SQLite file and on PostgreSQL; two rooms take them from here."""

import pytest
import sqlalchemy as sa

from core.database import db
from progress.append_only import guard
from tests.progress.house import make_house

count = iter(range(1, 10_000))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'house.sqlite'}"
        return
    server = sa.create_engine(request.getfixturevalue("postgres"), isolation_level="AUTOCOMMIT")
    name = f"house_{next(count)}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def house(database, tmp_path):
    """A house with its context open and its guards up."""
    app = make_house(database, tmp_path)
    with app.app_context():
        guard(db.engine, "record")
        guard(db.engine, "answer_step")
        yield app
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture
def asked(house):
    """The statements that reach the database, without the BEGINs."""
    seen = []

    def keep(connection, cursor, statement, *rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", keep)
    return seen

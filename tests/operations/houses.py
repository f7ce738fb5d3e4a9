"""Houses to carry from one database to another, and rows that are awkward to carry."""

import itertools
import math
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from app import alembic, create_app
from core.database import Model, db, writing
from tests.conftest import NOW, settings_for

TEXTS = (
    "plain",
    "",
    " ends with a line\r\n\t",
    'quotes " and \\ and {"braces": [1]}',
    "Guðrún Þorvaldsdóttir, Nguyễn Thị Hải, 田中, بيت",
    "👩🏽‍🚀 and \U0010ffff and \u2028 and \x1f and \x7f and \ufeff",
    "e\u0301 is not \u00e9",
    "NULL",
)
WIDE = (0, 1, -1, 2**62, -(2**63), 2**63 - 1)
NARROW = (0, 1, -1, 2**31 - 1, -(2**31))
NUMBERS = (0.1 + 0.2, 1e-300, 5e-324, 1.7976931348623157e308, -math.pi, 0.0, 3.0, math.inf)
JSONS = (
    {},
    None,
    [],
    {"b": 1, "a": [0.1, 1e-300, True, None, "\u0000 and \ud83d", 2**62]},
    "words",
    {"👩🏽‍🚀": {"deep": [[[]]]}},
)
MOMENTS = (
    datetime(2026, 11, 2, 9, 30, 0, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, 999_999, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1, 1, 2, tzinfo=UTC),
)
DATES = (date(2028, 2, 29), date(1, 1, 1), date(9999, 12, 31))
BYTES = (b"", b"\x00\x01\xff", b"<svg/>", bytes(range(256)) * 300)
FIRST_ID = 1_000


def values_for(column):
    """Return awkward values of a column."""
    kind = column.type
    if isinstance(kind, sa.BigInteger):
        return WIDE
    if isinstance(kind, sa.Boolean):
        return (True, False)
    if isinstance(kind, sa.Integer):
        return NARROW
    found = {sa.Float: NUMBERS, sa.JSON: JSONS, sa.Date: DATES, sa.LargeBinary: BYTES, sa.String: TEXTS}
    return next((values for base, values in found.items() if isinstance(kind, base)), MOMENTS)


def awkward_row(table, index, ids):
    """Return a row in which every column has one of its awkward values, or nothing."""
    row = {}
    for place, column in enumerate(table.columns):
        if column.foreign_keys:
            row[column.name] = ids[next(iter(column.foreign_keys)).column.table.name] + index
        elif table.name == "catalogue_state":
            row[column.name] = {"id": 2 + index, "version": 2**30}.get(column.name, NOW)
        elif column.primary_key or column.name in (
            "number",
            "position",
            "sequence",
            "email_key",
            "path",
            "token_digest",
            "serial",
        ):
            row[column.name] = own_value(column, index, ids[table.name])
        elif column.nullable and index == 1:
            row[column.name] = None
        else:
            values = values_for(column)
            row[column.name] = values[(index + place) % len(values)]
    return row


def own_value(column, index, first):
    """Return a value that no other row has."""
    if isinstance(column.type, sa.Integer):
        return first + index
    if isinstance(column.type, sa.String):
        return f"{TEXTS[index % len(TEXTS)]} {index}"
    return NOW + timedelta(days=index)


def fill_awkwardly(rows=9):
    """Put rows into every table."""
    ids = {table.name: FIRST_ID for table in Model.metadata.sorted_tables}
    with writing() as session:
        for table in Model.metadata.sorted_tables:
            session.execute(sa.insert(table), [awkward_row(table, index, ids) for index in range(rows)])


def live_a_little(cast):
    """Let Ana and Ben study, write a note, and have mail waiting."""
    from catalogue.live import current
    from core.limits import count_try
    from core.outbox import post
    from courses.notes import keep_note
    from operations.playing import Player

    course = current().courses["try-out"]
    for key in ("ana", "ben"):
        for evening in range(4):
            with writing(learner=cast[key].id):
                player = Player(cast[key].id, 0.7, Random(f"{key} {evening}"), NOW + timedelta(days=evening))
                player.study(course, 3)
    with writing():
        keep_note(cast["ana"].id, "try-out", course.lessons[0].id, "Mine. 👩🏽‍🚀", 0, now=NOW)
        post("ana@example.org", "Hello", "A line.\nAnother.", now=NOW)
        count_try("sign-in:ana", timedelta(minutes=5), now=NOW)


class House:
    """A house on a database: what is in it, and its two commands."""

    def __init__(self, app):
        self.app = app

    def run(self, *words):
        """Run a command and return its exit code and what it said."""
        result = self.app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    def backup(self, file, *options):
        code, said = self.run("backup", file, *options)
        assert code == 0, said
        return said

    def restore(self, file, *options):
        code, said = self.run("restore", file, *options)
        assert code == 0, said
        return said

    def rows(self, *tables):
        """Return every row of every table (or of those named), read through the models."""
        with self.app.app_context():
            wanted = [table for table in Model.metadata.sorted_tables if table.name in tables or not tables]
            return {table.name: sorted(map(repr, db.session.execute(sa.select(table)))) for table in wanted}

    def close(self):
        with self.app.app_context():
            db.engine.dispose()


names = itertools.count(1)


@pytest.fixture
def filled(app, cast):
    """A house with material, people, answers, notes, mail, and something awkward in every table."""
    with app.app_context():
        live_a_little(cast)
        fill_awkwardly()
    house = House(app)
    assert all(house.rows().values())
    return house


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def standing(request, tmp_path_factory):
    """A filled house and its archive, for tests after which nothing has changed; they share it."""
    folder = tmp_path_factory.mktemp("standing")
    house = House(create_app(settings_for(folder, database_on(request, request.param))))
    with house.app.app_context():
        alembic.upgrade()
    with house.app.app_context():
        fill_awkwardly()
    house.backup(folder / "good.zip")
    yield house, folder / "good.zip"
    house.close()


@pytest.fixture
def empty_house(request, tmp_path):
    """Return a function that makes a house whose database has not even tables."""
    made = []

    def make(kind):
        folder = tmp_path / f"empty-{next(names)}"
        folder.mkdir()
        made.append(House(create_app(settings_for(folder, database_on(request, kind)))))
        return made[-1]

    yield make
    for house in made:
        house.close()


def database_on(request, kind):
    """Return the address of an empty database on PostgreSQL; a SQLite file needs none."""
    if kind == "sqlite":
        return None
    copies = request.getfixturevalue("postgres_copies")
    name = f"empty_{next(names)}"
    copies.make(name, "template1")
    request.addfinalizer(lambda: copies.drop(name))
    return copies.url(name)

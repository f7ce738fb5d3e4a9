"""The drill: a whole house carried from one database to the other and back, with everything equal afterwards."""

import json
import zipfile

import pytest
import sqlalchemy as sa

from accounts.models import Person
from accounts.people import add_person
from core.database import db, writing
from tests.conftest import NOW, PASSWORD
from tests.operations.houses import empty_house, filled

__all__ = ["empty_house", "filled"]
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def kind_of(house):
    with house.app.app_context():
        return db.engine.dialect.name


def digests(file):
    with zipfile.ZipFile(file) as archive:
        members = json.loads(archive.read("manifest.json"))["members"]
    return {name: member["sha256"] for name, member in members.items()}


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_there_and_back_everything_is_equal(filled, empty_house, tmp_path, to):
    before = filled.rows()
    filled.backup(tmp_path / "first.zip")
    there = empty_house(to)
    there.restore(tmp_path / "first.zip")
    assert there.rows() == before
    there.backup(tmp_path / "second.zip")
    assert digests(tmp_path / "second.zip") == digests(tmp_path / "first.zip")
    back = empty_house(kind_of(filled))
    back.restore(tmp_path / "second.zip")
    assert back.rows() == before


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_restored_house_takes_new_rows(filled, empty_house, tmp_path, to):
    filled.backup(tmp_path / "first.zip")
    there = empty_house(to)
    there.restore(tmp_path / "first.zip")
    with there.app.app_context():
        highest = db.session.scalar(sa.select(sa.func.max(Person.id)))
        with writing():
            new = add_person("new@example.org", "New", PASSWORD, ["learner"], now=NOW)
            db.session.flush()
            assert new.id == highest + 1

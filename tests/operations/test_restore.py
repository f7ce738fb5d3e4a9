"""Restoring: into the right database only, all or nothing, from older revisions too, and never from what is no archive."""

import signal
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import alembic
from catalogue import live
from catalogue.models import CatalogueState
from core.database import Model, db, writing
from operations import rebuilding
from tests.conftest import NOW
from tests.operations.doctoring import manifest_of, unpack
from tests.operations.houses import FIRST_ID, House, awkward_row, empty_house, filled
from tests.operations.running import make_large, start, wait_for

__all__ = ["empty_house", "filled"]


@pytest.fixture
def archive(filled, tmp_path):
    filled.backup(tmp_path / "good.zip")
    return tmp_path / "good.zip"


def test_checking_touches_no_database(archive, empty_house):
    empty = empty_house("sqlite")
    said = empty.restore(archive, "--check")
    assert said.endswith("verified.\n")
    assert not list(empty.app.extensions["settings"].instance_dir.iterdir())


def test_a_database_that_holds_anything_is_refused(filled, archive):
    before = filled.rows()
    code, said = filled.run("restore", archive)
    assert code == 1
    assert said.startswith("Error: This database is not empty: ")
    assert filled.rows() == before


def test_replacing_replaces_everything_and_running_processes_take_it_up(filled, archive):
    before = filled.rows()
    with filled.app.app_context():
        seen = live.refresh().version
        with writing() as session:
            session.execute(sa.text("UPDATE note SET text = 'other'"))
            session.execute(sa.text("DELETE FROM limit_counter"))
    filled.restore(archive, "--replace")
    after = filled.rows()
    assert {**after, "catalogue_state": None} == {**before, "catalogue_state": None}
    with filled.app.app_context():
        assert db.session.scalar(sa.select(CatalogueState.version).where(CatalogueState.id == 1)) > seen


def test_material_that_was_replaced_is_served_at_once(app, sign_in, tmp_path, empty_house):
    house = House(app)
    house.backup(tmp_path / "a.zip")
    with app.app_context():
        before = live.refresh()
        with writing() as session:
            session.execute(sa.text("UPDATE document SET withdrawn_at = :now"), {"now": NOW})
            session.execute(sa.text("UPDATE catalogue_state SET version = version + 1"))
        assert not live.refresh().courses
    house.restore(tmp_path / "a.zip", "--replace")
    with app.app_context():
        assert live.refresh().courses.keys() == before.courses.keys()
    assert sign_in("ana").get("/courses/try-out").status_code == 200


def test_records_stay_guarded_after_a_restore(filled, archive):
    from progress.append_only import AppendOnly
    from progress.models import Record

    filled.restore(archive, "--replace")
    with filled.app.app_context(), pytest.raises(AppendOnly), writing() as session:
        session.execute(sa.delete(Record))


def test_links_are_checked_again_after_a_restore(filled, archive):
    filled.restore(archive, "--replace")
    with filled.app.app_context(), pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.execute(sa.text("UPDATE note SET learner_id = 77777777"))


def test_tables_of_others_are_left_alone(filled, archive):
    with filled.app.app_context(), writing() as session:
        session.execute(sa.text("CREATE TABLE of_somebody_else (id INTEGER PRIMARY KEY)"))
    before = filled.rows()
    code, said = filled.run("restore", archive, "--replace")
    assert code == 1
    assert "'of_somebody_else'" in said
    assert filled.rows() == before


def revisions_before_today():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from core.config import ROOT

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(ROOT / "migrations"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


@pytest.mark.parametrize("revision", revisions_before_today())
@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_every_earlier_revision_is_restored_and_brought_up_to_today(empty_house, tmp_path, revision, to):
    early = empty_house("sqlite")
    with early.app.app_context():
        alembic.upgrade(revision)
    with early.app.app_context():
        found = sa.MetaData()
        found.reflect(db.engine)
        ids = {table.name: FIRST_ID for table in found.sorted_tables}
        tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
        with writing() as session:
            for table in tables:
                session.execute(sa.insert(table), [awkward_row(table, index, ids) for index in range(3)])
    early.backup(tmp_path / "early.zip")
    today = empty_house(to)
    today.restore(tmp_path / "early.zip")
    rows = today.rows()
    assert {table.name: len(rows[table.name]) for table in tables if table.name in rows} == {
        table.name: 3 for table in tables if table.name in rows
    }
    with today.app.app_context():
        assert alembic.compare_metadata() == []


def test_an_early_archive_replaces_a_house_of_today(empty_house, filled, tmp_path):
    early = empty_house("sqlite")
    with early.app.app_context():
        alembic.upgrade(revisions_before_today()[-1])
    early.backup(tmp_path / "early.zip")
    filled.restore(tmp_path / "early.zip", "--replace")
    assert not any(filled.rows().values())
    with filled.app.app_context():
        assert alembic.compare_metadata() == []


def test_somebody_who_holds_the_tables_too_long_is_not_waited_for(empty_house, archive, monkeypatch):
    monkeypatch.setattr(rebuilding, "PATIENCE", "100ms")
    house = empty_house("postgresql")
    house.restore(archive)
    before = house.rows()
    other = sa.create_engine(house.app.extensions["settings"].database_url)
    with other.connect() as connection:
        connection.execute(sa.text("SELECT count(*) FROM person"))
        code, said = house.run("restore", archive, "--replace")
    other.dispose()
    assert code == 1
    assert "nothing was changed; the database says: canceling statement due to lock timeout" in said
    assert house.rows() == before


def restoring(url):
    """Return a question: is somebody putting rows in just now?"""
    if url.database.endswith(".sqlite"):
        log = Path(f"{url.database}-wal")
        return lambda: log.exists() and log.stat().st_size > 500_000
    server = sa.create_engine(url.set(database="postgres"))
    at_work = "SELECT 1 FROM pg_stat_activity WHERE datname = :name AND query LIKE 'INSERT INTO record%'"

    def asked():
        with server.connect() as connection:
            found = connection.execute(sa.text(at_work), {"name": url.database}).first()
        server.dispose()
        return found is not None

    return asked


def test_a_killed_restore_changes_nothing(app, cast, tmp_path):
    house = House(app)
    make_large(app, cast["otto"].id)
    house.backup(tmp_path / "large.zip")
    with app.app_context(), writing() as session:
        session.execute(sa.text("UPDATE person SET name = 'newer than the backup'"))
    before = house.rows()
    with app.app_context():
        url = db.engine.url
        db.engine.dispose()
    process = start(house, "restore", tmp_path / "large.zip", "--replace")
    wait_for(restoring(url), 60)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert house.rows() == before


def test_a_table_of_the_models_is_never_forgotten(archive):
    assert manifest_of(unpack(archive))["tables"].keys() == Model.metadata.tables.keys()

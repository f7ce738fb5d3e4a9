"""Tables follow the models, on both databases, up and down again."""

import shutil
import threading

import pytest
import sqlalchemy as sa

from accounts.people import add_person
from app import alembic, create_app
from core.database import Model, db, writing
from core.migrating import NotOurs, bring_up, missing_tables, pending
from tests.conftest import NOW, PASSWORD, settings_for


def let_go(app):
    """Close the connections, once the migrations have given theirs back."""
    with app.app_context():
        db.engine.dispose()


def test_migrations_equal_the_models(app):
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_migrations_go_down_and_up_again(settings):
    app = create_app(settings)
    with app.app_context():
        alembic.downgrade("base")
    with app.app_context():
        alembic.upgrade()
    with app.app_context():
        assert alembic.compare_metadata() == []
    let_go(app)


def test_a_fresh_file_gets_all_tables(tmp_path):
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        alembic.upgrade()
    with app.app_context():
        from sqlalchemy import inspect

        assert set(Model.metadata.tables) <= set(inspect(db.engine).get_table_names())
        db.engine.dispose()


def released(app):
    """Return every state that was released, the first one first."""
    with app.app_context():
        return [script.revision for script in reversed(alembic.log())]


def reflected(connection):
    tables = sa.MetaData()
    tables.reflect(connection)
    return [table for table in tables.sorted_tables if table.name != "alembic_version"]


def a_value(column, number):
    """Return something for a column: moments, numbers, documents, words that tell their place."""
    if column.foreign_keys:
        return 1
    for kind, value in VALUES.items():
        if isinstance(column.type, kind):
            return value(number)
    return f"{column.name} {number} – äöü 🎓"


VALUES = {
    sa.JSON: lambda number: {"a": [number, None, "ü"]},
    sa.DateTime: lambda number: NOW.replace(microsecond=number),
    sa.Date: lambda number: NOW.date(),
    sa.Boolean: lambda number: True,
    sa.Integer: lambda number: number,
    sa.Float: lambda number: number + 0.1,
    sa.LargeBinary: lambda number: bytes(range(256)),
}


def fill_every_table(connection):
    """Put two rows into every table; whatever is unique differs between them."""
    for table in reflected(connection):
        for number in (1, 2):
            if number == 1 or not all(column.foreign_keys for column in table.primary_key):
                row = {column.name: a_value(column, number) for column in table.columns}
                connection.execute(table.insert().values(row))


def everything(connection, columns=None):
    """Return all rows of all tables, only those columns that were there before."""
    return {
        table.name: [
            {name: str(value) for name, value in row.items() if columns is None or name in columns[table.name]}
            for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()
        ]
        for table in reflected(connection)
        if columns is None or table.name in columns
    }


def test_every_released_state_goes_up_with_everything_in_it(settings):
    app = create_app(settings)
    for state in released(app):
        with app.app_context():
            alembic.downgrade("base")
            alembic.upgrade(state)
        with app.app_context():
            with db.engine.begin() as connection:
                fill_every_table(connection)
                before = everything(connection)
            alembic.upgrade()
        with app.app_context():
            columns = {name: set(rows[0]) for name, rows in before.items()}
            with db.engine.connect() as connection:
                assert everything(connection, columns) == before, state
            assert alembic.compare_metadata() == []
        assert all(before.values())
    let_go(app)


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(settings):
    app = create_app(settings)
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999999999'"))
        with pytest.raises(NotOurs, match="newer version of Handover"):
            bring_up()
    assert "newer version" in app.test_client().get("/readyz").json["faults"]["tables"]
    let_go(app)


def test_tables_that_wait_for_migrations_are_told_and_brought_up_once_by_many_starts(tmp_path):
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        first = pending()
        assert len(first) == len(released(app))
        assert missing_tables() == f"wait for {len(first)} migrations; run flask db upgrade"
    done = []

    def start():
        with app.app_context():
            done.append(bring_up())

    starts = [threading.Thread(target=start) for _ in range(3)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert sorted(done) == [[], [], first]
    with app.app_context():
        assert missing_tables() is None
        db.engine.dispose()


def count(table):
    return db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(table)))


def test_a_table_that_others_refer_to_is_altered_with_everything_in_it(app, cast):
    def loosen(*given):
        with alembic.op.batch_alter_table("person") as person:  # on SQLite that means a new table
            person.alter_column("name", existing_type=sa.Text(), nullable=True)
        return []

    with app.app_context():
        alembic.run_migrations(loosen)
    with app.app_context():
        assert (count("person"), count("role_grant")) == (len(cast), len(cast))


def test_a_migration_that_breaks_a_link_is_undone_on_sqlite(sqlite_template, tmp_path):
    shutil.copy(sqlite_template, tmp_path / "handover.sqlite")
    app = create_app(settings_for(tmp_path))
    with app.app_context(), writing():
        add_person("ana@example.org", "Ana Ruiz", PASSWORD, ["learner"], now=NOW)

    def lose_everybody(*given):
        alembic.op.execute("DELETE FROM person")
        for callback in alembic.migration_context.on_version_apply_callbacks:
            callback(ctx=alembic.migration_context)
        return []

    with app.app_context(), pytest.raises(RuntimeError, match="refers to a row of person that is not there"):
        alembic.run_migrations(lose_everybody)
    with app.app_context():
        assert count("person") == 1
        assert db.session.scalar(sa.text("PRAGMA foreign_keys")) == 1
    let_go(app)

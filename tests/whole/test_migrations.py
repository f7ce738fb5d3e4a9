"""Tables follow the models, on both databases, up and down again."""

from app import alembic, create_app
from core.database import Model, db
from tests.conftest import settings_for


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
        db.engine.dispose()


def test_a_fresh_file_gets_all_tables(tmp_path):
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        alembic.upgrade()
    with app.app_context():
        from sqlalchemy import inspect

        assert set(Model.metadata.tables) <= set(inspect(db.engine).get_table_names())
        db.engine.dispose()

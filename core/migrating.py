"""How the database's tables follow the models."""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from flask import Flask
from flask_alembic import Alembic

from core.config import Settings
from core.database import UtcDateTime


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write our UTC type as the plain type beneath it, so that a migration never depends on code that may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def prepare_migrations(app: Flask, alembic: Alembic, settings: Settings) -> None:
    """Give the app `flask db …`; on SQLite tables are rebuilt where they cannot be altered."""
    app.config["ALEMBIC_CONTEXT"] = {"render_as_batch": settings.on_sqlite, "render_item": render_item}
    alembic.init_app(app)

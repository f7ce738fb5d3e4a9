"""create_app(): settings, extensions, the rooms, error pages. Nothing else."""

from flask import Flask
from flask_alembic import Alembic
from flask_wtf import CSRFProtect

import accounts.models
import catalogue.models
import courses.models
import progress.models
import quizzes.models  # noqa: F401
from core import health
from core.config import ROOT, Settings, read_settings
from core.database import Model, prepare_database
from core.errors import prepare_errors
from core.migrating import prepare_migrations
from core.logs import prepare_logs
from core.offers import ReadinessOffer, prepare_offers
from core.security import prepare_security

alembic = Alembic(metadatas=Model.metadata, run_mkdir=False)
csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from the given settings, or from the environment."""
    settings = settings or read_settings()
    app = Flask(__name__, root_path=str(ROOT), instance_path=str(settings.instance_dir))
    app.config["SECRET_KEY"] = settings.secret_key
    app.extensions["settings"] = settings
    prepare_errors(app)
    prepare_logs(app)
    prepare_security(app, settings.secure_cookies)
    prepare_database(app, settings.database_url)
    prepare_migrations(app, alembic, settings)
    csrf.init_app(app)
    offers = prepare_offers(app)
    offers.readiness.append(ReadinessOffer("database", health.database_fault))
    app.register_blueprint(health.bp)
    return app

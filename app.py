"""create_app(): settings, extensions, the rooms, error pages. Nothing else."""

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect

from accounts.room import prepare_accounts
from catalogue.room import prepare_catalogue
from core import health
from core.addresses import prepare_addresses
from core.background import prepare_background
from core.config import ROOT, Settings, read_settings
from core.database import Model, prepare_database
from core.errors import prepare_errors
from core.frame import prepare_frame
from core.logs import prepare_logs
from core.migrating import Migrations, prepare_migrations
from core.offers import prepare_offers
from core.outage_pages import prepare_outages
from core.posting import prepare_posting
from core.proxies import prepare_proxies
from core.saying import prepare_wording
from core.security import prepare_security
from core.static_files import prepare_static_files
from core.templates import Templates
from courses.room import prepare_courses
from mentoring.room import prepare_mentoring
from operations.room import prepare_operations
from progress.room import prepare_progress
from quizzes.room import prepare_quizzes
from simulations.room import prepare_simulations

alembic = Migrations(metadatas=Model.metadata, run_mkdir=False)
csrf = CSRFProtect()
compress = Compress()

# From the ground floor up; a room may offer things to the ones below it.
ROOMS = (
    prepare_accounts,
    prepare_catalogue,
    prepare_progress,
    prepare_quizzes,
    prepare_simulations,
    prepare_courses,
    prepare_mentoring,
    prepare_operations,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from the given settings, or from the environment."""
    settings = settings or read_settings()
    app = Flask(__name__, root_path=str(ROOT), instance_path=str(settings.instance_dir), static_folder=None)
    app.jinja_environment = Templates
    app.config["SECRET_KEY"] = settings.secret_key
    app.extensions["settings"] = settings
    prepare_addresses(app)
    prepare_ground(app, settings)
    for prepare_room in ROOMS:
        prepare_room(app)
    prepare_background(app, settings)
    return app


def prepare_ground(app: Flask, settings: Settings) -> None:
    """Lay what every room stands on."""
    prepare_offers(app)
    prepare_errors(app)
    prepare_logs(app)
    prepare_security(app, settings.secure_cookies)
    prepare_database(app, settings.database_url, in_haste=settings.serving, pooled=settings.pooled)
    prepare_outages(app)
    prepare_migrations(app, alembic, settings)
    prepare_proxies(app, settings.trusted_proxies)
    prepare_static_files(app, ROOT / "static")
    prepare_frame(app, settings)
    prepare_wording(app)
    prepare_posting(app, settings)
    csrf.init_app(app)
    compress.init_app(app)
    health.prepare_health(app)

"""Say whether the migrations make exactly the tables of the models, on a scratch database."""

import sys
import tempfile
from pathlib import Path

from app import alembic, create_app
from core.config import Settings


def differences() -> list[object]:
    """Migrate a scratch SQLite file and return what the models have beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scratch.sqlite"
        app = create_app(Settings(database_url=f"sqlite:///{file}", secret_key=None, instance_dir=Path(folder)))
        with app.app_context():
            alembic.upgrade()
        with app.app_context():
            return list(alembic.compare_metadata())


if __name__ == "__main__":
    found = differences()
    for difference in found:
        sys.stderr.write(f"The models and the migrations differ: {difference}\n")
    sys.stdout.write("" if found else "Migrations equal the models.\n")
    sys.exit(bool(found))

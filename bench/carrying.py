"""How far one machine carries: pages and answers a second with a thousand learners' history, and the bytes of one learner."""

from pathlib import Path

import sqlalchemy as sa

from bench.client import hammer, warm
from bench.compared import finish_errand, lesson_errand, save_errand
from bench.effort import Effort, say
from bench.figures import Figure, said
from bench.house import House, build_house, scratch
from bench.postgres import postgres
from bench.servers import serving
from core.database import Model

LEARNERS = 1000


def measure(effort: Effort) -> list[Figure]:
    """Measure both databases."""
    learners = LEARNERS if effort.postgres else effort.learners
    with scratch() as folder:
        figures = carried(folder, learners, effort, "SQLite")
    if effort.postgres:
        with scratch() as folder, postgres() as url:
            figures += carried(folder, learners, effort, "PostgreSQL", url)
    return figures


def carried(folder: Path, learners: int, effort: Effort, name: str, url: str | None = None) -> list[Figure]:
    """Measure one database."""
    say(f"{learners} learners move in on {name}")
    house = build_house(folder, learners, url)
    empty, full, rows = size_of(house)
    with serving("app:create_app", house.environment(), folder) as server:
        warm(lesson_errand(house), server.port)
        say(f"pages and answers on {name}")
        pages = hammer(lesson_errand(house), server.port, effort.seconds * 2, folder)
        saves = hammer(save_errand(house), server.port, effort.seconds * 2, folder)
        acts = hammer(finish_errand(house), server.port, effort.seconds * 2, folder)
    what = f"{name}, {learners} learners"
    return [
        Figure(f"{what}: lesson pages", said(pages.rate, "/s"), said(pages.p99, "ms p99, saturated")),
        Figure(f"{what}: choices saved", said(saves.rate, "/s"), said(saves.p99, "ms p99, saturated")),
        Figure(f"{what}: answers marked and begun anew, alternating", said(acts.rate, "/s"), said(acts.p99, "ms p99")),
        Figure(f"{what}: bytes of a learner", said(full / learners, "bytes"), said(empty, "bytes of all the rest")),
        Figure(f"{what}: rows of a learner", said(rows / learners)),
    ]


def size_of(house: House) -> tuple[int, int, int]:
    """Return the bytes of what is taught, the bytes of the learners' own tables, and how many rows those have."""
    engine = sa.create_engine(house.settings.database_url)
    theirs = [
        t for t in Model.metadata.sorted_tables if "learner_id" in t.columns or t.name in ("person", "role_grant")
    ]
    with engine.connect() as connection:
        sizes = {table.name: bytes_of(connection, table.name) for table in Model.metadata.sorted_tables}
        rows = sum(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in theirs)
    engine.dispose()
    mine = sum(sizes[table.name] for table in theirs)
    return sum(sizes.values()) - mine, mine, rows


def bytes_of(connection: sa.Connection, table: str) -> int:
    """Return the bytes of a table with its indexes, as the database counts them."""
    if connection.dialect.name == "postgresql":
        size = connection.scalar(sa.text("SELECT pg_total_relation_size(CAST(:name AS regclass))"), {"name": table})
    else:
        owned = "SELECT name FROM sqlite_master WHERE tbl_name = :name"
        size = connection.scalar(sa.text(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({owned})"), {"name": table})  # noqa: S608
    return int(size or 0)

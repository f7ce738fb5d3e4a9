"""Houses that are served while something around them breaks."""

import pytest

from tests.faults.answering import prepare
from tests.faults.postgres import own_postgres
from tests.faults.served import served


@pytest.fixture(scope="module")
def sqlite_house(tmp_path_factory):
    """A served house on SQLite, three learners and the checks of its course."""
    folder = tmp_path_factory.mktemp("sqlite-house")
    url = f"sqlite:///{folder / 'handover.sqlite'}"
    learners, checks = prepare(folder, url, 3)
    with served(folder, url) as house:
        yield house, learners, checks


@pytest.fixture(scope="module")
def postgres_house(tmp_path_factory):
    """A served house on a PostgreSQL of its own; the server comes last."""
    folder = tmp_path_factory.mktemp("postgres-house")
    with own_postgres() as server:
        learners, checks = prepare(folder, server.url, 3)
        with served(folder, server.url) as house:
            yield house, learners, checks, server

"""A folder or a database file that cannot be written to: said at a start, and on a page where it happens later."""

import ctypes
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from core.config import ROOT
from core.database import db
from operations.browser import free_port
from tests.conftest import CONTENT, token
from tests.faults.answering import prepare
from tests.faults.served import SECRET

DROP_FROM_BOUNDING_SET, MAY_WRITE_ANYTHING = 24, 1  # prctl's number, and the capability's


def as_anybody():
    """Let a process that root starts respect the rights of files, as the process of an operator does."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, MAY_WRITE_ANYTHING)


def serve(folder, **more):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "HANDOVER_DEMO")}
    given = {"SECRET_KEY": SECRET, "INSTANCE_DIR": str(folder), "CONTENT_DIR": str(CONTENT), "PYTHONPATH": str(ROOT)}
    given |= more
    command = [sys.executable, "-m", "flask", "serve", "--port", str(free_port())]
    return subprocess.run(
        command, cwd=ROOT, env=kept | given, capture_output=True, text=True, timeout=60, preexec_fn=as_anybody
    )


@pytest.fixture
def folder(tmp_path):
    """A folder with a migrated database in it, which is given back writable so that it can be removed."""
    prepare(tmp_path, f"sqlite:///{tmp_path / 'handover.sqlite'}", 0)
    yield tmp_path
    tmp_path.chmod(0o755)


def test_a_read_only_folder_stops_the_start_with_a_sentence(folder):
    folder.chmod(0o555)
    done = serve(folder)
    assert done.returncode == 1
    assert "cannot be written to (Permission denied); give its user the right to write there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_database_stops_the_start_with_a_sentence(folder):
    for file in folder.iterdir():
        file.chmod(0o444)
    done = serve(folder)
    assert done.returncode == 1
    assert "Error: Nothing can be saved just now, only read." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_stops_the_start_with_a_sentence(folder):
    done = serve(folder, DATABASE_URL=f"postgresql://nobody@/nothing?host={folder}")
    assert done.returncode == 1
    assert "Error: The database is away; look whether it runs" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_page_of_the_database_is_said_where_it_happens(app, cast, sign_in):
    """SQLite and PostgreSQL are each told to refuse writing, with the words that they have for it themselves."""
    sqlite = app.extensions["settings"].on_sqlite
    with app.app_context():
        engine = db.engine
    refuse = "PRAGMA query_only=ON" if sqlite else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    ana = sign_in("ana")
    page = ana.get("/account")
    sa.event.listen(engine, "checkout", tell := lambda connection, *rest: connection.cursor().execute(refuse))
    engine.dispose()
    answer = ana.post("/courses/try-out/lessons/first/note", data={"csrf_token": token(page), "text": "My words"})
    assert answer.status_code == 503
    assert "Nothing can be saved just now, only read." in answer.text
    assert "My words" in answer.text
    sa.event.remove(engine, "checkout", tell)
    engine.dispose()
    again = ana.post("/courses/try-out/lessons/first/note", data={"csrf_token": token(page), "text": "My words"})
    assert again.status_code == 302

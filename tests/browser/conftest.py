"""A real browser before a real server with the demo in it."""

import shutil
import time

import pytest

from accounts.demo_people import DEMO_PASSWORD
from operations.browser import demo_server


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory, worker_id):
    """The demo as `make run` makes it, filled once for all browser tests; those who run beside wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "filled-demo"
    ready, folder = shared / "ready", tmp_path_factory.mktemp("demo")
    if made(shared):
        (shared / "demo").mkdir()
        with demo_server(shared / "demo"):
            pass
        ready.touch()
    wait_until(ready.exists)
    shutil.copytree(shared / "demo", folder, dirs_exist_ok=True)
    return folder


def made(folder):
    """Make a folder, and say whether it was not there: only one of those who try hears yes."""
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def wait_until(there, seconds=120):
    """Wait for something that another process makes."""
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, "The demo was not filled in time by the process that had begun it."
        time.sleep(0.2)


@pytest.fixture(scope="session")
def demo(filled_demo):
    """A server whose demo the tests may read, and change where they change only what is theirs."""
    with demo_server(filled_demo) as url:
        yield url


@pytest.fixture
def fresh_demo(filled_demo, tmp_path):
    """A server with a demo of its own."""
    shutil.copytree(filled_demo, tmp_path / "demo", dirs_exist_ok=True)
    with demo_server(tmp_path / "demo") as url:
        yield url


@pytest.fixture
def open_page(browser):
    """Return a function that opens a page in a browser of its own, watched for errors and refused content."""
    contexts, troubles = [], []

    def enter(url, who=None, **options):
        context = browser.new_context(base_url=url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda line: troubles.append(f"{page.url}: {line.text}") if is_trouble(line) else None)
        if who:
            sign_in(page, who)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert troubles == []


def is_trouble(line):
    """Tell a script's error or a refusal of the content policy from the browser's note on a 4xx that a test asked for."""
    return line.type == "error" and "Failed to load resource" not in line.text


def sign_in(page, who):
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)

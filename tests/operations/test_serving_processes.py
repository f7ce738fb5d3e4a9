"""A real server of several processes: reloaded, stopped, killed, and told of publications."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.config import ROOT
from operations.browser import free_port, wait_for
from tests.conftest import CONTENT

PATIENCE = 30

pytestmark = pytest.mark.alone


class House:
    """A started server, its port, and the settings that its commands share."""

    def __init__(self, port, environ, process):
        self.port, self.environ, self.process = port, environ, process

    def get(self, path, **headers):
        """Ask over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def run(self, *command):
        return subprocess.run(
            [sys.executable, "-m", "flask", *command],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def workers(self):
        """Return the process numbers of those that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


@contextmanager
def serving(folder, *options, **given):
    port = free_port()
    environ = {k: v for k, v in os.environ.items() if k != "HANDOVER_DEMO"} | {
        "INSTANCE_DIR": str(folder),
        "CONTENT_DIR": str(CONTENT),
        "SECRET_KEY": "long enough for these tests",
    }
    environ |= given
    log = (folder / "server.log").open("a")
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}", process, folder / "server.log")
        yield House(port, environ, process)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        log.close()


def until(true):
    """Wait for something to become true."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(house):
    """Say whether somebody is served; who came as a process died is cut off, and comes again."""
    try:
        return house.get("/readyz")[0] == 200
    except ConnectionError:
        return False


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.proof
def test_a_reload_takes_new_processes_and_loses_no_request(tmp_path):
    answers, ended = [], threading.Event()

    def ask(house):
        while not ended.is_set():
            answers.append(house.get("/courses")[0])

    with serving(tmp_path, "--workers", "1") as house:
        before = house.workers()
        asking = [threading.Thread(target=ask, args=(house,)) for _ in range(3)]
        for thread in asking:
            thread.start()
        house.process.send_signal(signal.SIGHUP)
        until(lambda: house.workers() and not house.workers() & before)
        time.sleep(0.5)
        ended.set()
        for thread in asking:
            thread.join()
    assert set(answers) == {200}
    assert len(answers) > 20


def test_a_stop_waits_for_the_answer_under_way(tmp_path):
    with serving(tmp_path, "--workers", "1") as house, socket.create_connection(("127.0.0.1", house.port)) as line:
        body = b"email=ana%40example.org&password=wrong"
        head = f"POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Length: {len(body)}\r\n"
        line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body[:10])
        time.sleep(0.3)
        house.process.terminate()
        time.sleep(0.3)
        line.sendall(body[10:])
        line.settimeout(PATIENCE)
        assert line.recv(100).startswith(b"HTTP/1.1 4")
        house.process.wait(timeout=PATIENCE)
        assert house.process.returncode == 0


def test_a_killed_worker_is_replaced_and_none_outlives_the_first_process(tmp_path):
    with serving(tmp_path) as house:
        first, second = house.workers()
        os.kill(first, signal.SIGKILL)
        until(lambda: len(house.workers()) == 2 and first not in house.workers())
        assert second in house.workers()
        until(lambda: answers(house))
        os.kill(second, signal.SIGKILL)  # whoever replaces it is still on its way when the first process goes
        until(lambda: second not in house.workers())
        last = house.workers()
        house.process.kill()
        house.process.wait()
        until(lambda: is_free(house.port))
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in last))


def test_a_publication_reaches_every_process_within_a_second(settings, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    with serving(tmp_path, CONTENT_DIR=str(folder), DATABASE_URL=settings.database_url) as house:
        lesson = folder / "try-out" / "lessons" / "first.md"
        lesson.write_text(lesson.read_text().replace("title: The launch", "title: The first day"))
        assert "1 document published" in house.run("content", "sync").stdout
        time.sleep(1)
        pages = [house.get("/courses/try-out/lessons/first")[1] for _ in range(12)]
    assert all("The first day" in page for page in pages)


@pytest.mark.proof
def test_the_outbox_is_emptied_by_one_of_the_processes(tmp_path):
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

    taken = []

    class Postbox(Message):
        def handle_message(self, message):
            taken.append(message["To"])

    controller = Controller(Postbox(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with serving(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{controller.port}") as house:
            from tests.operations.posting import put_into_outbox

            put_into_outbox(house.environ, "ana@example.org")
            until(lambda: taken)
            assert house.run("tick").stdout.splitlines()[0] == "outbox: nothing to do"
    finally:
        controller.stop()
    assert taken == ["ana@example.org"]


def test_a_start_that_has_to_keep_its_tables_says_what_is_pending(tmp_path):
    environ = os.environ | {"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "long enough for these tests"}
    environ.pop("HANDOVER_DEMO", None)
    command = [sys.executable, "-m", "flask", "serve", "--keep-tables", "--port", str(free_port())]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "pending (Make the tables of the first house;" in done.stderr
    assert "flask db upgrade" in done.stderr


@pytest.mark.parametrize("option", [("--trusted-proxies", "the-proxy"), ("--workers", "0"), ("--port", "70000")])
def test_an_option_that_cannot_be_is_named(tmp_path, option):
    environ = os.environ | {"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "long enough for these tests"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "serve", *option],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in (1, 2)
    assert option[1] in done.stderr

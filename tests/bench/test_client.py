"""Our own client, against a small server: it counts, it keeps a pace, and a refusal is no result."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import client
from bench.client import Failed, by_threads, paced
from bench.errands import Errand, Visitor

PEOPLE = tuple(Visitor(n, f"session=cookie-{n}", f"token-{n}") for n in range(40))


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.cookies.append(self.headers["Cookie"])
        self.send_response(200 if self.path == "/page" else 409)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        running.daemon_threads, running.cookies = True, []
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_every_request_that_is_counted_was_answered(server, tmp_path):
    outcome = by_threads(Errand("GET", "/page", PEOPLE), server.server_port, 0.2, tmp_path, 4)
    assert outcome.requests == len(server.cookies) > 4 and outcome.errors == 0
    assert 0 < outcome.p50 <= outcome.p99


def test_a_steady_pace_is_kept_and_everybody_comes_in_turn(server):
    outcome = paced(Errand("GET", "/page", PEOPLE), server.server_port, 100, 0.4, connections=4)
    assert outcome.requests == 40 and outcome.seconds > 0.35
    assert set(server.cookies) == {one.cookie for one in PEOPLE}


def test_a_refusal_is_no_result(server, tmp_path, monkeypatch):
    monkeypatch.setattr(client.shutil, "which", lambda name: None)
    with pytest.raises(Failed, match="were refused"):
        client.hammer(Errand("GET", "/closed", PEOPLE), server.server_port, 0.1, tmp_path)

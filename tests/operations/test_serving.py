"""What is missing or wrong at a start is said in one sentence, with the mend."""

import os
import socket
import subprocess
import sys

import pytest

from core.config import ROOT, WrongSetting
from operations.serving import check_port, check_start, is_loopback
from tests.conftest import settings_for


def run(*command, **given):
    environ = {k: v for k, v in os.environ.items() if k not in ("SECRET_KEY", "HANDOVER_DEMO")} | given
    return subprocess.run(
        [sys.executable, "-m", "flask", *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )


def test_a_start_without_a_secret_says_how_to_make_one(tmp_path):
    with pytest.raises(WrongSetting, match="SECRET_KEY is needed"):
        check_start(settings_for(tmp_path, secret_key=None), "127.0.0.1", 8000)


def test_the_demo_listens_on_this_machine_alone(tmp_path):
    with pytest.raises(WrongSetting, match=r"listens on 127\.0\.0\.1 only"):
        check_start(settings_for(tmp_path, demo=True), "0.0.0.0", 8000)


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_only_loopback_is_this_machine(host, near):
    assert is_loopback(host) is near


def test_a_port_that_is_taken_is_named_with_another_to_try():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(WrongSetting, match=rf"Port {port} on 127\.0\.0\.1 cannot be used.*PORT={port + 1}"):
            check_port("127.0.0.1", port)


def test_a_wrong_setting_is_one_line_on_the_terminal(tmp_path):
    done = run("serve", INSTANCE_DIR=str(tmp_path), SIGN_UP="perhaps", SECRET_KEY="long enough for this test")
    assert done.returncode == 1
    assert done.stderr.strip() == "Error: SIGN_UP is 'perhaps'; it can be open or invitation."


def test_content_that_cannot_be_served_stops_the_first_start_and_names_the_place(tmp_path):
    course = tmp_path / "content" / "broken" / "course.yaml"
    course.parent.mkdir(parents=True)
    course.write_text("title: Half a course\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = run(
        "serve",
        "--port",
        str(port),
        INSTANCE_DIR=str(tmp_path / "instance"),
        CONTENT_DIR=str(tmp_path / "content"),
        SECRET_KEY="long enough for this test",
    )
    assert done.returncode == 1
    assert "content/broken/course.yaml:1: `summary` is missing here" in done.stdout
    assert "There is no material to serve" in done.stderr

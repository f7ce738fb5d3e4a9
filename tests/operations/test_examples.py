"""The examples for operators are read by what reads such files, and say what the product understands."""

import configparser
import re

import dockerfile_parse
import pytest

from app import create_app
from core.config import ROOT
from core.database import db
from tests.conftest import settings_for

EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture
def commands(tmp_path):
    app = create_app(settings_for(tmp_path))
    yield app.cli.commands
    with app.app_context():
        db.engine.dispose()


def options_of(commands, line):
    """Return the options of a `flask` line, having checked that its command exists."""
    command, *rest = line.split("flask ", 1)[1].split()
    known = {name for option in commands[command].params for name in option.opts}
    used = {word for word in rest if word.startswith("--")}
    assert used <= known
    return used


def unit():
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(EXAMPLES / "handover.service")
    return parser


def test_the_unit_starts_reloads_and_stops_as_the_server_understands(commands):
    service = unit()["Service"]
    assert options_of(commands, service["ExecStart"]) == {"--workers"}
    assert service["ExecReload"].endswith("-HUP $MAINPID")
    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > 30


def test_the_unit_lets_the_product_write_to_its_data_alone():
    service = unit()["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["Environment"] == f"INSTANCE_DIR=/var/lib/{service['StateDirectory']}"
    assert service["User"] == "handover"
    assert service["CapabilityBoundingSet"] == ""


@pytest.fixture
def steps(tmp_path):
    parser = dockerfile_parse.DockerfileParser(path=str(tmp_path))
    parser.content = (EXAMPLES / "Containerfile").read_text()
    return parser.structure


def last(steps, instruction):
    return [step["value"] for step in steps if step["instruction"] == instruction][-1]


def test_the_container_runs_as_somebody_without_power_and_keeps_its_data_outside(steps):
    assert last(steps, "USER") == "handover"
    assert last(steps, "VOLUME") == "/data"
    assert "INSTANCE_DIR=/data" in last(steps, "ENV")


def test_the_container_serves_and_asks_whether_it_is_ready(steps, commands):
    assert options_of(commands, " ".join(re.findall(r'"([^"]+)"', last(steps, "CMD")))) == {"--host", "--workers"}
    assert "/readyz" in last(steps, "HEALTHCHECK")


def test_the_container_takes_packages_by_their_hashes_and_copies_what_exists(steps):
    assert any("--require-hashes" in step["value"] for step in steps if step["instruction"] == "RUN")
    copied = [step["value"].split()[0] for step in steps if step["instruction"] == "COPY"]
    assert all((ROOT / path).exists() for path in copied)


def test_what_is_built_or_kept_here_goes_into_no_container():
    assert {".venv", "instance", ".git"} <= set((ROOT / ".dockerignore").read_text().split("\n"))


def test_the_proxy_says_who_asks_and_sends_no_answer_twice():
    conf = (EXAMPLES / "nginx.conf").read_text()
    assert conf.count("{") == conf.count("}")
    assert all(line.strip().endswith((";", "{", "}")) for line in conf.splitlines() if line.strip() and "#" not in line)
    for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"):
        assert f"proxy_set_header {header};" in conf
    assert "non_idempotent" not in conf

"""The commands of docs/operating.md do what the page says: they are read out of it and run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.config import ROOT
from core.database import Model
from operations.browser import free_port
from tests.conftest import CONTENT

PAGE = ROOT / "docs" / "operating.md"


def walk():
    """Return the lines of the page's last block."""
    return re.search(r"<!-- walk -->\n```sh\n(.*?)```", PAGE.read_text(), re.S)[1]


@pytest.mark.proof
def test_an_operator_gets_from_nothing_to_two_servers_on_postgresql(postgres_copies, tmp_path):
    postgres_copies.count += 1
    name = f"walk_{postgres_copies.count}"
    postgres_copies.make(name, "template1")
    ours = {
        "/var/lib/handover": str(tmp_path / "instance"),
        "/backups": str(tmp_path),
        "postgresql://handover:secret@127.0.0.1/handover": postgres_copies.url(name),
        **{str(port): str(free_port()) for port in (8000, 8001, 8002)},
    }
    lines = walk()
    for theirs, mine in ours.items():
        assert theirs in lines
        lines = lines.replace(theirs, mine)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count('"status":"ready"') == 3
    assert (tmp_path / "tonight.zip").stat().st_size > 10_000
    assert '"level": "error"' not in done.stderr


def environment():
    """Return what an operator's shell would hold: our commands, and no setting yet."""
    wanted = {k: v for k, v in os.environ.items() if k in ("HOME", "LANG", "LC_ALL", "TMPDIR")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return wanted | {"PATH": path, "PYTHONPATH": str(ROOT), "CONTENT_DIR": str(CONTENT)}


def test_every_setting_is_in_the_table():
    read = set(
        re.findall(
            r'(?:given\.get\(|switch\(given, |one_of\(given, )"([A-Z_]+)"', (ROOT / "core" / "config.py").read_text()
        )
    )
    assert {"SECRET_KEY", "SMTP_URL", "DATABASE_POOLER", "TRUSTED_PROXIES"} <= read
    page = PAGE.read_text()
    assert [name for name in read if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md"), key=str), ids=lambda path: path.name)
def test_every_link_between_the_pages_leads_somewhere(page):
    text = re.sub(r"^(`{3,}).*?^\1|`[^`\n]+`", "", page.read_text(), flags=re.S | re.M)  # examples lead nowhere
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_what_is_said_about_spreading_by_learner_is_true_of_the_tables():
    page = (ROOT / "docs" / "scale.md").read_text()
    rows = {kind: set(re.findall(r"`(\w+)`", names)) for kind, names in re.findall(r"\| ([a-z ]+) \| (`.*`) \|", page)}
    tables = Model.metadata.tables
    spread = rows["spread by learner"]
    assert set().union(*rows.values()) == set(tables)
    assert spread == {name for name, table in tables.items() if "learner_id" in table.c} - {"mentorship"}
    lacking = {name for name in spread if "learner_id" not in tables[name].primary_key.columns}
    said = page.split("the primary keys `id` of", 1)[1].split(";")[0]
    assert lacking == set(re.findall(r"`(\w+)`", said))

"""What is said about vulnerable packages, and that silence is never taken for an answer."""

import json
from pathlib import Path

from operations.advisories import LOCKED, tell

LOCK = Path("run.txt")


def answer(*packages):
    return json.dumps({"dependencies": list(packages), "fixes": []})


def test_a_known_vulnerability_fails_and_names_the_mend(capsys):
    flask = {"name": "flask", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}]}
    assert tell(LOCK, answer(flask, {"name": "jinja2", "version": "3.1", "vulns": []}), "") == 1
    assert "flask 1.0: PYSEC-1, mended in 1.1, 2.0" in capsys.readouterr().out


def test_packages_without_an_advisory_pass(capsys):
    assert tell(LOCK, answer({"name": "flask", "version": "3.1", "vulns": []}), "") == 0
    assert "1 packages, 0 known" in capsys.readouterr().out


def test_a_question_without_an_answer_is_told_aloud(capsys):
    assert tell(LOCK, "", "Traceback …\nConnectionError: no such host\n") == 0
    assert "NOT AUDITED: run.txt" in capsys.readouterr().err


def test_every_lock_file_is_asked_about():
    assert {lock.name for lock in LOCKED} == {p.name for p in LOCKED[0].parent.glob("*.txt")}

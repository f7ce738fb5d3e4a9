"""The house as a whole: its floors, its sizes, its words."""

import ast
import re
import subprocess

import pytest

from core.config import ROOT

ROOMS = ["core", "accounts", "catalogue", "progress", "quizzes", "simulations", "courses", "mentoring", "operations"]
FILES = [ROOT / "app.py", *(p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")))]
PURE = [
    "quizzes/marking.py",
    "progress/evidence.py",
    "core/wording.py",
    "catalogue/segments.py",
    "catalogue/catalogue.py",
    "catalogue/schema",
    "catalogue/rendering",
]
MOST_LINES = 400
MOST_FUNCTION_LINES = 60


def functions():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node, node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_one_can_read_at_once():
    long = {
        str(p.relative_to(ROOT)): n
        for p in FILES
        if (n := sum(1 for li in p.read_text().splitlines() if li.strip())) > MOST_LINES
    }
    assert not long


def test_functions_are_short():
    lengths = sorted(n for _, _, n in functions())
    assert lengths[len(lengths) // 2] <= 8
    assert [f"{p}:{f.name}" for p, f, n in functions() if n > MOST_FUNCTION_LINES] == []


def test_nothing_hides_behind_a_name_that_says_nothing():
    names = {p.stem for p in FILES}
    assert not names & {
        "utils",
        "util",
        "helpers",
        "helper",
        "services",
        "service",
        "manager",
        "managers",
        "common",
        "misc",
    }


@pytest.mark.parametrize("place", PURE)
def test_rules_know_neither_the_web_nor_the_database(place):
    path = ROOT / place
    assert path.exists()
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        imported = re.findall(r"^(?:from|import) (\w+)", file.read_text(), re.M)
        assert not {"flask", "sqlalchemy", "flask_login"} & set(imported), file


def test_verbs_never_commit():
    commits = [str(p.relative_to(ROOT)) for p in FILES if re.search(r"session\.commit\(|\.commit\(\)", p.read_text())]
    assert commits == ["core/database.py"]


def test_only_the_clock_reads_the_clock():
    readers = [
        p.relative_to(ROOT).as_posix()
        for p in FILES
        if re.search(r"datetime\.now\(|\.utcnow\(|date\.today\(", p.read_text())
    ]
    assert readers == ["core/clock.py"]


def test_the_repository_holds_only_what_was_written_here():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    brought = [p for p in tracked if re.search(r"node_modules|vendor/|\.min\.(js|css)$|\.(woff2?|ttf|otf)$", p)]
    assert brought == []


def test_lock_files_name_no_host_and_no_path():
    for lock in sorted((ROOT / "requirements").iterdir()):
        assert not re.search(r"https?:|file:|--index|--find-links|@ ", lock.read_text()), lock


MADE_AT_FIRST_USE = {"aliased", "alias", "subquery", "cte", "lateral"}


def test_no_module_shares_a_table_under_another_name():
    """Its columns are made at first use, and two threads that need them at once get a half of them each."""
    shared = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for statement in ast.parse(path.read_text()).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MADE_AT_FIRST_USE
    ]
    assert shared == []

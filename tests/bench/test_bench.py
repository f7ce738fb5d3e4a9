"""The bench as it is run, in a few seconds."""

import subprocess
import sys

import pytest

from bench.material import material
from catalogue.building import build
from core.config import ROOT


def run(*arguments):
    command = [sys.executable, "-m", "bench", "--quick", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)


def test_the_material_holds():
    catalogue = build(material(20, 100), {})
    course = catalogue.courses["much"]
    assert len(course.lessons) == 20 and len(course.questions) == 100
    assert all(len(lesson.checks) == 2 for lesson in course.lessons)


@pytest.mark.proof
def test_the_bench_prints_one_table_and_writes_its_page(tmp_path):
    target = tmp_path / "speed.md"
    done = run("--only", "served", "--write", str(target))
    assert done.returncode == 0, done.stderr
    for what in (
        "Signed-in lesson page, ratio",
        "Saving an answer, ratio",
        "at half the capacity, p99",
        "over the wire",
    ):
        assert what in done.stdout
    assert "move in" in done.stderr and done.stdout.strip() in target.read_text()


def test_a_group_that_is_not_there_is_named():
    done = run("--only", "everything")
    assert done.returncode == 2 and "catalogue" in done.stderr

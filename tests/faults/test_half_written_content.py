"""A content folder that is read while it is being written: nothing of it is taken, and what was live stays live."""

import shutil

import pytest

from catalogue import folder as reading
from catalogue.faults import Faults
from catalogue.live import refresh
from catalogue.publishing import sync
from core.database import writing
from tests.conftest import CONTENT, NOW

LESSON = "try-out/lessons/first.md"


@pytest.fixture
def content(tmp_path):
    return shutil.copytree(CONTENT, tmp_path / "content")


def sync_faults(app, content):
    """Sync; return what was told, after looking that everything live stayed so."""
    with app.app_context():
        before = refresh()
        with pytest.raises(Faults) as told, writing():
            sync(content, NOW)
        assert refresh() is before
        return [str(fault) for fault in told.value.faults]


def all_is_well(app, content):
    with app.app_context(), writing():
        return not sync(content, NOW).changed


def test_a_bank_that_was_copied_in_part(app, content):
    bank = content / "try-out/questions/bank.yaml"
    whole = bank.read_text()
    bank.write_text(whole[: len(whole) // 2 - 7])
    assert sync_faults(app, content)
    bank.write_text(whole)
    assert all_is_well(app, content)


def test_a_course_that_is_there_before_its_lessons(app, content):
    shutil.rmtree(content / "try-out/lessons")
    assert any("course.yaml" in told for told in sync_faults(app, content))
    shutil.copytree(CONTENT / "try-out/lessons", content / "try-out/lessons")
    assert all_is_well(app, content)


def test_a_folder_that_is_still_empty_withdraws_nothing(app, content):
    shutil.rmtree(content)
    content.mkdir()
    assert sync_faults(app, content) == [f".:1: {EMPTY}"]
    shutil.copytree(CONTENT, content, dirs_exist_ok=True)
    assert all_is_well(app, content)


EMPTY = "The folder holds no material, and everything live would be withdrawn; try again once all files are in place."


def meanwhile(monkeypatch, act):
    """Let something happen between the listing of the folder and the reading of one lesson."""
    take, done = reading.take_file, []

    def take_later(folder, path, file):
        if path == LESSON and not done:
            done.append(act())
        take(folder, path, file)

    monkeypatch.setattr(reading, "take_file", take_later)


def test_a_lesson_that_vanishes_as_it_is_read(app, content, monkeypatch):
    meanwhile(monkeypatch, (content / LESSON).unlink)
    assert f"{LESSON}:1: {reading.VANISHED}" in sync_faults(app, content)
    shutil.copy(CONTENT / LESSON, content / LESSON)
    assert all_is_well(app, content)


def test_a_lesson_that_grows_while_the_folder_is_read(app, content, monkeypatch):
    def grow():
        with (content / LESSON).open("a") as lesson:
            lesson.write("\nOne more line.\n")

    meanwhile(monkeypatch, grow)
    assert sync_faults(app, content) == [f"{LESSON}:1: {reading.CHANGING}"]


def test_a_file_that_arrives_while_the_folder_is_read(app, content, monkeypatch):
    meanwhile(monkeypatch, lambda: shutil.copy(content / LESSON, content / "try-out/lessons/fourth.md"))
    assert sync_faults(app, content) == [f"try-out/lessons/fourth.md:1: {reading.CHANGING}"]


def test_a_folder_that_goes_away_as_it_is_listed(app, content, monkeypatch):
    def gone(root):
        raise FileNotFoundError

    monkeypatch.setattr(reading, "files_in", gone)
    assert sync_faults(app, content) == [f".:1: {reading.CHANGING}"]

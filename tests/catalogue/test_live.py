"""Every process takes up what another published, and keeps the last good catalogue."""

import time

import pytest

from catalogue import live
from catalogue.faults import Fault, Faults
from catalogue.publishing import sync
from core.background import Recurring
from core.database import writing
from tests.catalogue.conftest import LESSON_PATH, NOW


def published(folder, text):
    (folder / LESSON_PATH).write_text((folder / LESSON_PATH).read_text() + f"\n{text}\n")
    with writing():
        sync(folder, now=NOW)


def text_now():
    return live.current().lesson("c/time-and-ends").text


def test_the_first_to_ask_loads_the_catalogue(house, folder):
    assert live.current().courses == {}
    published(folder, "One.")
    assert live.current().courses == {}
    assert live.refresh().courses and live.current() is live.refresh()


def test_a_watching_process_takes_up_a_publication(house, folder):
    published(folder, "One.")
    live.refresh()
    watcher = Recurring(house, "catalogue", 0.05, live.refresh)
    watcher.start()
    published(folder, "Two.")
    deadline = time.monotonic() + 10
    while "Two." not in text_now() and time.monotonic() < deadline:
        time.sleep(0.05)
    watcher.end()
    watcher.join(10)
    assert "Two." in text_now()


def test_what_cannot_be_built_leaves_the_last_good_catalogue_live(house, folder, monkeypatch):
    published(folder, "One.")
    live.refresh()
    published(folder, "Two.")

    def fail(newest):
        raise Faults([Fault("c/course.yaml", 1, "A stricter rule.")])

    monkeypatch.setattr(live, "from_database", fail)
    assert "Two." not in live.refresh().lesson("c/time-and-ends").text
    assert [fault.sentence for fault in live.faults()] == ["A stricter rule."]


def test_readiness_says_when_there_is_nothing_to_teach(house, folder):
    assert "no courses" in live.fault()
    published(folder, "One.")
    live.refresh()
    assert live.fault() is None


def test_without_any_catalogue_faults_are_raised(house, monkeypatch):
    def fail(newest):
        raise Faults([Fault("c/course.yaml", 1, "A stricter rule.")])

    monkeypatch.setattr(live, "from_database", fail)
    with pytest.raises(Faults):
        live.current()
    assert "A stricter rule" in live.fault()

"""Every fault of a document names its line and its mend, all at once."""

import pytest

from tests.catalogue.conftest import BANK_PATH, LESSON_PATH, SOURCES, changed, faults_of

CASES = [
    (
        BANK_PATH,
        "    family: project",
        "    familly: project",
        5,
        "`familly` is not known here; did you mean `family`?",
    ),
    (BANK_PATH, "side: both", "side: left", 7, "`side` can be 'project', 'service' or 'both'."),
    (BANK_PATH, "kind: single", "kind: quiz", 4, "`kind` can be 'single', 'multiple', 'order'"),
    (BANK_PATH, "- id: one", "- id: One Two", 3, "small letters, digits and hyphens"),
    (BANK_PATH, "text: The rollout", "text: 2026", 13, "must be a text; put it in quotes"),
    (BANK_PATH, "correct: true", "correct: maybe", 14, "`correct` must be true or false."),
    (
        BANK_PATH,
        "        why: It had an agreed end and produced something unique that day.\n",
        "",
        13,
        "`why` is missing here",
    ),
    (BANK_PATH, "questions:", "questions: 5\nquestion:", 2, "must be a list"),
    (LESSON_PATH, "minutes: 1", "minutes: 1.5", 5, "whole number"),
    (LESSON_PATH, "summary: A project ends and a service goes on.\n", "", 2, "`summary` is missing"),
    (LESSON_PATH, "---\ntitle", "title", 1, "A lesson begins with its head"),
    ("c/course.yaml", "level: foundation", "level: expert", 3, "'foundation' or 'practitioner'"),
    (
        "c/course.yaml",
        "title: Two lives",
        "certification: {name: PMP, owner: PMI, blueprint: ECO, checked: soon}\ntitle: Two lives",
        1,
        "a date, like",
    ),
    ("c/course.yaml", "weight: 100", "weight: 120", 8, "100 or less"),
    ("glossary.yaml", "side: service", "side: ''", 4, "`side` can be"),
    ("careers.yaml", "does: [Keeps the plan]", "does: Keeps", 2, "must be a list"),
]


@pytest.mark.parametrize("path, old, new, line, words", CASES)
def test_a_fault_names_its_line_and_its_mend(path, old, new, line, words):
    faults = faults_of(changed(path, old, new))
    assert any(fault.startswith(f"{path}:{line}: ") and words in fault for fault in faults), faults


def test_all_faults_are_told_at_once():
    bank = SOURCES[BANK_PATH].replace("side: both", "side: left").replace("easy", "simple")
    assert sum("side" in fault or "difficulty" in fault for fault in faults_of({**SOURCES, BANK_PATH: bank})) == 6


def test_the_small_course_holds():
    assert faults_of(SOURCES) == []


def test_a_lesson_and_a_bank_have_their_limits():
    lesson = SOURCES[LESSON_PATH] + "word " * 40_000
    bank = SOURCES[BANK_PATH] + "#" * 1_000_000
    faults = faults_of({**SOURCES, LESSON_PATH: lesson, BANK_PATH: bank})
    assert any("200,000 is the limit" in fault for fault in faults)
    assert any("1,000,000 is the limit" in fault for fault in faults)


def test_a_byte_order_mark_and_other_line_ends_do_no_harm():
    lesson = "\ufeff" + SOURCES[LESSON_PATH].replace("\n", "\r\n")
    assert faults_of({**SOURCES, LESSON_PATH: lesson}) == []

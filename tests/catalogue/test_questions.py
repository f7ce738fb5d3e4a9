"""What must hold within a question, kind by kind."""

import pytest

from tests.catalogue.conftest import BANK_PATH, SOURCES, faults_of

HEAD = "  - {{id: extra-{n}, kind: {kind}, family: f, objective: contrast.time, side: both, difficulty: easy, level: apply,\n"
WHY = "why: Because this reason has eight words in it"


def bank(kind, parts):
    """Return a bank of three siblings of one kind."""
    heads = [HEAD.format(n=n, kind=kind) + f"     {parts}}}\n" for n in range(3)]
    return {**SOURCES, "c/questions/more.yaml": "title: More\nquestions:\n" + "".join(heads)}


def option(text, *more):
    return "{" + ", ".join([f"text: {text}", WHY, *more]) + "}"


RIGHT, WRONG = option("Yes it is", "correct: true"), option("Not so")
NUMBERS = "stem: 'Of {ev} and {ac}?', given: {ev: {from: 1, to: 3, step: 1}, ac: {from: 1, to: 3, step: 1}}"
GOOD = {
    "single": f"stem: Which?, options: [{RIGHT}, {WRONG}]",
    "multiple": f"stem: Which two?, options: [{RIGHT}, {option('Also so', 'correct: true')}, {WRONG}]",
    "order": f"stem: Order, items: [{option('first')}, {option('second')}]",
    "match": f"stem: Match, pairs: [{{left: a, right: b, {WHY}}}, {{left: c, right: d, {WHY}}}], extra: [{option('e')}]",
    "dropdown": f"stem: 'A [[first]] thing', blanks: {{first: [{RIGHT}, {WRONG}]}}",
    "hotspot": "stem: Where?, figure: media/lives.svg, alt: Two lives, areas: ["
    f"{{id: a, name: A, rect: [0, 0, 10, 10], correct: true, {WHY}}}, {{id: b, name: B, circle: [50, 50, 5], {WHY}}}]",
    "numeric": f"{NUMBERS}, answer: ev / ac, decimals: 2, where: ev != ac, why: 'It is {{answer}}', "
    f"mistakes: [{{answer: ac / ev, {WHY}}}]",
}
BAD = [
    ("single", "correct: true", "correct: false", "Exactly one option must be"),
    ("single", "Not so", "Yes it is", "say the same"),
    (
        "single",
        "correct: true",
        "correct: true, misconception: every-task-is-a-project",
        "A right option shows no misconception",
    ),
    ("single", "has eight", "has " + "very " * 60 + "eight", "60 is the limit"),
    ("single", "Which?", "Which?, sorter: true", "two options, Project and Service"),
    ("single", "Which?", "Which?, case: none", "has no case none"),
    (
        "multiple",
        "Also so, why: Because this reason has eight words in it, correct: true",
        f"Also so, {WHY}",
        "two right options or more",
    ),
    ("order", "second", "first", "say the same"),
    ("match", "left: c", "left: a", "same left side"),
    ("match", "extra", "figure: media/lives.svg, extra", "needs `alt`"),
    ("dropdown", "[[first]]", "[[second]]", "has no choices"),
    ("dropdown", "correct: true", "correct: false", "Exactly one option"),
    ("hotspot", "rect: [0, 0, 10, 10]", "rect: [95, 0, 10, 10]", "leaves the picture"),
    ("hotspot", "circle: [50, 50, 5]", "circle: [50, 50, 5], rect: [1, 1, 1, 1]", "either rect"),
    ("hotspot", "figure: media/lives.svg", "figure: media/none.svg", "There is no file media/none.svg"),
    ("numeric", "answer: ev / ac", "answer: ev / zz", "`zz` is not among what is given"),
    ("numeric", "answer: ev / ac", "answer: __import__('os')", "may only call"),
    ("numeric", "answer: ev / ac", "answer: ev / (ac - ac)", "There is no answer for"),
    ("numeric", ", where: ev != ac", "", "The mistake gives the right answer for ev = 1, ac = 1"),
    ("numeric", "Of {ev}", "Of", "the stem does not tell it"),
    ("numeric", "Of {ev}", "Of {ev} {nn}", "{nn} is not given"),
    ("numeric", "to: 3, step: 1}, ac", "to: 3, step: 0.0001}, ac", "20,000 is the limit"),
    ("numeric", "where: ev != ac", "where: ev > 9", "No variant meets"),
]


@pytest.mark.parametrize("kind", GOOD)
def test_a_question_of_each_kind_holds(kind):
    assert faults_of(bank(kind, GOOD[kind])) == []


@pytest.mark.parametrize("kind, old, new, words", BAD)
def test_a_question_that_cannot_be_asked_is_refused(kind, old, new, words):
    assert old in GOOD[kind]
    faults = faults_of(bank(kind, GOOD[kind].replace(old, new, 1)))
    assert any(words in fault and fault.startswith("c/questions/more.yaml:") for fault in faults), faults


def test_cases_are_shared_and_asked_about():
    parts = GOOD["single"].replace("Which?", "Which?, case: clinic")
    sources = bank("single", parts)
    sources["c/questions/more.yaml"] += "cases:\n  - {id: clinic, title: The clinic, text: A clinic books.}\n"
    assert faults_of(sources) == []
    sources["c/questions/more.yaml"] += "  - {id: idle, title: Idle, text: Nobody asks.}\n"
    assert any("No question asks about the case idle" in fault for fault in faults_of(sources))


def test_ids_are_used_once_in_a_course():
    sources = {**SOURCES, "c/questions/second.yaml": SOURCES[BANK_PATH]}
    assert any("has a question one too" in fault for fault in faults_of(sources))

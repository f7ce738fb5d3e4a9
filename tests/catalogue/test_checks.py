"""What must hold between documents and over a whole course."""

import pytest

from catalogue.building import build
from catalogue.checks.exams import shares
from tests.catalogue.conftest import BANK_PATH, FILES, LESSON_PATH, PICTURE, SOURCES, changed, faults_of, media

COURSE_PATH = "c/course.yaml"
CASES = [
    (COURSE_PATH, "weight: 100", "weight: 90", "add up to 90"),
    (COURSE_PATH, "lessons: [time-and-ends]", "lessons: [time-and-ends, other]", "no file lessons/other.md"),
    (COURSE_PATH, "lessons: [time-and-ends]", "lessons: []", "stands in no module"),
    (COURSE_PATH, "lessons: [time-and-ends]", "lessons: [time-and-ends, time-and-ends]", "stands in two places"),
    (COURSE_PATH, "lessons: [time-and-ends]", "lessons: [time-and-ends], scenarios: [one]", "There is no file scenarios/one.yaml"),
    (COURSE_PATH, "- {id: contrast.time", "- {id: contrast.more, title: More}\n      - {id: contrast.time", "No lesson teaches contrast.more"),
    (COURSE_PATH, "- {id: contrast.time", "- {id: contrast.time, title: More}\n      - {id: contrast.time", "Two objectives have the id"),
    (COURSE_PATH, "lesson: time-and-ends}", "lesson: other}", "There is no lesson other"),
    (COURSE_PATH, "status: live", "status: live\ncompletion: {lessons: all, exam: final}", "There is no exam final"),
    (COURSE_PATH, "status: live", "status: live\nreplaces: {one: two}", "one is still there"),
    (COURSE_PATH, "status: live", "status: live\nreplaces: {old: new}", "new is not there"),
    (LESSON_PATH, "contrast.time", "contrast.tim", "has no objective contrast.tim"),
    (LESSON_PATH, "term:early-life-support", "term:early-life", "Did you mean early-life-support?"),
    (LESSON_PATH, "term:early-life-support", "role:nobody", "has no role nobody"),
    (LESSON_PATH, "term:early-life-support", "#the-same", "no heading #the-same. Did you mean the-same-change?"),
    (LESSON_PATH, "term:early-life-support", "other.md", "There is no lesson other"),
    (LESSON_PATH, "term:early-life-support", "time-and-ends.md#gone", "has no heading #gone"),
    (LESSON_PATH, "term:early-life-support", "javascript:alert(1)", "leads nowhere"),
    (LESSON_PATH, "one\n///", "four\n///", "There is no question four"),
    (LESSON_PATH, "media/lives.svg", "media/live.svg", "Did you mean media/lives.svg?"),
    (LESSON_PATH, "Two lines: one ends, the other goes on.", "", "alternative text"),
    (LESSON_PATH, "## The", "### The", "jumps a level"),
    (LESSON_PATH, "## The", "# The", "start at ##"),
    (LESSON_PATH, "## The same change", "## The same change\n\n## The same change", "has the same anchor"),
    (LESSON_PATH, "/// check\none\n///", "/// check\none\n///\n\n/// check\none\n///", "asked twice"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | earned-valu\nbac: 1\n///", "There is no lab `earned-valu`; did you mean earned-value?"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | earned-value\n///", "A lab holds its figures"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | earned-value\nbac: 9\npv: 5\nev: 0\nac: 4\n///", "`ev` must be more than 0"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | earned-value\nbac: 9\npv: 5\nev: 4\nac: 4\nfade: [cpl]\n///", "`fade` names cpl, which is no step of this lab; there are cv, sv, cpi"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | three-point-estimate\ntasks:\n  - {name: Dig, best: 9, likely: 5, worst: 12}\n///", "Dig: the best case comes first"),
    (LESSON_PATH, "/// check\none\n///", "/// lab | critical-path\ntasks:\n  - {id: a, name: Dig, days: 9, after: [b]}\n  - {id: b, name: Lay, days: 5}\n///", "Dig waits for b, which is not among the tasks above it"),
    (LESSON_PATH, "/// check\none\n///", "/// quiz\none\n///", "There is no block `quiz`"),
    (LESSON_PATH, "/// check\none\n///", "/// note\n/// check\none\n///\n///", "cannot stand inside another"),
    (LESSON_PATH, "/// check\none\n///", "/// check\none", "never closed"),
    (LESSON_PATH, "/// check\none\n///", "```\ncode", "never closed"),
    (LESSON_PATH, "/// check\none\n///", "/// contrast\n| a | b |\n|---|---|\n| c | d |\n///", "three columns"),
    (LESSON_PATH, "/// check\none\n///", "/// compare\n#### project\nP\n///", "holds #### project"),
    (LESSON_PATH, "/// check\none\n///", "/// steps\n#### One\nText\n#### Two\nText\n///", "needs its figure"),
    (LESSON_PATH, "/// check\none\n///", "/// video | media/lives.svg\n///", "A video needs `captions:`"),
    (LESSON_PATH, "A project ends.", "A project $\\frac{1$ ends.", "is not understood"),
    (LESSON_PATH, "A project ends.", "A project\u200bends\u2028.", "invisible character"),
    (BANK_PATH, "objective: contrast.time", "objective: contrast.tim", "has no objective contrast.tim"),
    (BANK_PATH, "#the-same-change", "#gone", "has no heading #gone"),
    (BANK_PATH, "misconception: every-task-is-a-project", "misconception: none", "has no misconception none"),
    (BANK_PATH, "family: project-or-operation", "family: alone", "The family alone has 1 questions"),
    (BANK_PATH, "stem: Which", "stem: \"## Head\\n\\nWhich", "takes no headings"),
    ("glossary.yaml", "c/time-and-ends.md", "time-and-ends.md", "write course/lesson.md"),
    ("careers.yaml", "lessons: [c/time-and-ends]", "lessons: [c/other]", "There is no lesson other"),
    ("careers.yaml", "side: project", "side: project, leads_to: [boss]", "There is no role boss"),
]  # fmt: skip


@pytest.mark.parametrize("path, old, new, words", CASES, ids=lambda value: str(value)[:24])
def test_what_does_not_hold_is_told(path, old, new, words):
    sources = changed(path, old, new)
    if "Head" in new:
        sources[path] = sources[path].replace("of the work one is a project?", 'of the work one is a project?"', 1)
    faults = faults_of(sources)
    assert any(words in fault for fault in faults), faults


def test_lines_of_a_lesson_are_those_of_its_file():
    assert faults_of(changed(LESSON_PATH, "one\n///", "four\n///")) == [f"{LESSON_PATH}:11: There is no question four."]


def test_media_that_nobody_uses_or_that_act_are_refused():
    files = {**FILES, "c/media/idle.svg": PICTURE, "c/media/lives.svg": b"<svg onload='x'/>"}
    faults = faults_of(SOURCES, files)
    assert any("idle.svg:1: Nobody uses this file" in fault for fault in faults)
    assert any("lives.svg:1: It holds the event attribute onload" in fault for fault in faults)


def test_a_preview_is_only_warned_of_what_it_does_not_cover():
    sources = changed("c/course.yaml", "status: live", "status: preview")
    sources[BANK_PATH] = "title: Key terms\nquestions: []\n"
    sources[LESSON_PATH] = sources[LESSON_PATH].replace("/// check\none\n///\n", "")
    catalogue = build(sources, media())
    assert any("it needs 1" in warning.sentence for warning in catalogue.warnings)


def test_a_faulty_bank_does_not_make_its_questions_unknown():
    faults = faults_of(changed(BANK_PATH, "side: both", "side: left"))
    assert len(faults) == 1 and "`side` can be" in faults[0]


def test_documents_stand_where_they_belong():
    assert any(
        "This file stands where no document belongs" in fault for fault in faults_of({**SOURCES, "c/notes/a.md": "x"})
    )
    assert any(
        "has no course.yaml" in fault for fault in faults_of({**SOURCES, "d/lessons/a.md": SOURCES[LESSON_PATH]})
    )
    assert any(
        "a.yaml" in fault and "`clock`" in fault for fault in faults_of({**SOURCES, "c/scenarios/a.yaml": "title: x"})
    )


def test_an_exam_holds_together_and_can_be_drawn_twice():
    exam = "title: Mock\nquestions: 2\nminutes: 5\npass: 3\nsections: [{title: All, questions: 1}]\n"
    faults = faults_of({**SOURCES, "c/exams/mock.yaml": exam})
    for words in (
        "The sections hold 1 questions",
        "More right answers",
        "Two sittings need 4 questions of contrast; the banks hold 3",
    ):
        assert any(words in fault for fault in faults)


@pytest.mark.parametrize("total", range(0, 50, 7))
def test_shares_are_exact(total):
    counts = shares({"a": 40, "b": 35, "c": 25}, total)
    assert sum(counts.values()) == total and all(
        abs(counts[n] - total * w / 100) < 1 for n, w in (("a", 40), ("b", 35), ("c", 25))
    )


def test_weights_may_have_halves_and_the_first_listed_gets_a_tie():
    weights = {"terms": 30, "dimensions": 10, "lifecycle": 10, "system": 40, "streams": 5, "ai": 2.5, "others": 2.5}
    assert list(shares(weights, 40).values()) == [12, 4, 4, 16, 2, 1, 1]
    assert shares({"a": 2.5, "b": 2.5}, 3) == {"a": 2, "b": 1}

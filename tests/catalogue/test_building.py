"""The catalogue finds everything by id, keeps what did not change, and tells a changed question by its digest."""

import time

import pytest

from catalogue.building import build
from tests.catalogue.conftest import BANK_PATH, LESSON, LESSON_PATH, QUESTION, SOURCES, changed, media


@pytest.fixture(scope="module")
def catalogue():
    return build(SOURCES, media())


def test_everything_is_found_by_its_id(catalogue):
    course = catalogue.courses["c"]
    assert catalogue.lesson("c/time-and-ends") is course.lessons[0] and catalogue.lesson("c/none") is None
    assert catalogue.question("c/one").family == "project-or-operation" and catalogue.question("d/one") is None
    assert course.objectives["contrast.time"].domain == "contrast"
    assert course.misconceptions["every-task-is-a-project"].lesson == "time-and-ends"
    assert len(course.families["project-or-operation"]) == 3
    assert catalogue.terms["early-life-support"].meaning_html.startswith(
        'The first weeks of a <a href="/courses/c/lessons/'
    )
    assert catalogue.roles["coordinator"].shape.does == ("Keeps the plan",)


def test_a_lesson_knows_its_checks_headings_and_segments(catalogue):
    lesson = catalogue.lesson("c/time-and-ends")
    assert lesson.checks == ("c/one",) and [h.id for h in lesson.headings] == ["the-same-change"]
    assert [type(part).__name__ for part in lesson.segments] == ["Html", "Check", "Figure"]
    assert lesson.segments is lesson.segments
    assert lesson.segments[2].url == catalogue.media["c/media/lives.svg"].url and lesson.segments[2].width == 640


def test_a_question_has_options_with_ids_reasons_and_keys(catalogue):
    question = catalogue.question("c/one")
    right, wrong = question.options
    assert right.correct and not wrong.correct and right.id != wrong.id
    assert wrong.misconception == "every-task-is-a-project" and "agreed end" in right.why_html
    assert question.lesson.lesson_id == "time-and-ends" and question.lesson.anchor == "the-same-change"


SHOWN = ["Which part of the work one", "text: The rollout", "It had an agreed end", "        correct: true\n"]
NOT_SHOWN = ["difficulty: easy", "level: understand", "id: one"]


@pytest.mark.parametrize("text", SHOWN)
def test_the_digest_moves_with_what_is_shown(catalogue, text):
    new = {"        correct: true\n": "        correct: false\n"}.get(text, text + " now")
    sources = changed(BANK_PATH, text, new)
    if "false" in new:
        sources[BANK_PATH] = sources[BANK_PATH].replace(
            "      - text: The tuning\n", "      - text: The tuning\n        correct: true\n", 1
        )
        sources[BANK_PATH] = sources[BANK_PATH].replace("        misconception: every-task-is-a-project\n", "", 1)
    later = build(sources, media(), catalogue)
    assert later.question("c/one").digest != catalogue.question("c/one").digest
    assert later.question("c/two").digest == catalogue.question("c/two").digest


@pytest.mark.parametrize("old, new", [("difficulty: easy", "difficulty: hard"), ("level: understand", "level: apply")])
def test_the_digest_stays_when_only_the_filing_changes(catalogue, old, new):
    later = build(changed(BANK_PATH, old, new), media(), catalogue)
    assert later.question("c/one").digest == catalogue.question("c/one").digest


def test_option_ids_follow_the_text_or_the_given_id(catalogue):
    later = build(changed(BANK_PATH, "text: The rollout", "id: rollout\n        text: The first rollout"), media())
    assert later.question("c/one").options[0].id == "rollout"
    assert later.question("c/one").options[1].id == catalogue.question("c/one").options[1].id


def test_only_what_changed_is_read_again(catalogue):
    assert catalogue.lesson("c/time-and-ends").segments
    later = build(changed(BANK_PATH, "The rollout", "The launch"), media(), catalogue)
    assert later.documents[LESSON_PATH] is catalogue.documents[LESSON_PATH]
    assert later.lesson("c/time-and-ends") is catalogue.lesson("c/time-and-ends")
    assert later.documents[BANK_PATH] is not catalogue.documents[BANK_PATH]


def test_a_new_picture_changes_the_lessons_that_show_it(catalogue):
    from tests.catalogue.conftest import FILES, PICTURE

    later = build(SOURCES, media({**FILES, "c/media/lives.svg": PICTURE.replace(b"M0", b"M1")}), catalogue)
    assert later.lesson("c/time-and-ends").digest != catalogue.lesson("c/time-and-ends").digest


def test_old_ids_lead_to_new_ones():
    later = build(
        changed("c/course.yaml", "status: live", "status: live\nreplaces: {uno: one, older: uno, ends: time-and-ends}"),
        media(),
    )
    assert later.question("c/older").id == "one" and later.lesson("c/ends").id == "time-and-ends"


def many():
    """Return 200 lessons and 2,000 questions."""
    body = "\n\nA sentence with a [link](term:early-life-support), some **bold** words and a number or two." * 25
    names = [f"lesson-{n}" for n in range(200)]
    course = (
        SOURCES["c/course.yaml"]
        .replace("[time-and-ends]", f"[{', '.join(names)}]")
        .replace("lesson: time-and-ends", "lesson: lesson-1")
    )
    sources = {**SOURCES, "c/course.yaml": course}
    del sources[LESSON_PATH], sources[BANK_PATH]
    for n, name in enumerate(names):
        picture = LESSON[LESSON.index("/// figure") :] if n == 0 else ""
        head = LESSON[: LESSON.index("/// check")].replace("minutes: 1", "minutes: 3")
        sources[f"c/lessons/{name}.md"] = f"{head}/// check\nq-{n}\n///\n{body}\n\n{picture}"
    for bank in range(10):
        questions = "".join(QUESTION.format(id=f"q-{bank * 200 + n}") for n in range(200)).replace(
            "time-and-ends", "lesson-3"
        )
        sources[f"c/questions/bank-{bank}.yaml"] = f"title: Bank\nquestions:\n{questions}"
    for path in ("glossary.yaml", "careers.yaml"):
        sources[path] = sources[path].replace("c/time-and-ends", "c/lesson-3")
    return sources


def test_two_hundred_lessons_and_two_thousand_questions_are_read_in_two_seconds():
    sources = many()
    times = []
    for _ in range(3):
        began = time.process_time()
        catalogue = build(sources, media())
        times.append(time.process_time() - began)
    assert len(catalogue.courses["c"].questions) == 2000 and len(catalogue.courses["c"].lessons) == 200
    assert min(times) < 2
    began = time.process_time()
    build({**sources, "c/lessons/lesson-7.md": sources["c/lessons/lesson-7.md"] + "\nMore.\n"}, media(), catalogue)
    assert time.process_time() - began < 0.5

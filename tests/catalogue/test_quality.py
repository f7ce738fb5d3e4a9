"""Whether a bank can be guessed: rules that know nothing score as dice do, and a bank with cues is refused."""

from math import sqrt
from random import Random
from statistics import fmean
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from catalogue.commands import FIGURES, FIGURES_END, content
from catalogue.quality.cues import RULES, guessable, guesses, limit, scored
from catalogue.quality.duplicates import near_duplicates
from catalogue.quality.learned import learned_guess
from catalogue.quality.lessons import LessonFacts, lesson_table, lessons_grade, running_text
from catalogue.quality.measures import (
    absolutes,
    catch_alls,
    grade_of,
    key_length,
    longest_option,
    negatives,
    own_reasons,
    places,
)
from catalogue.rendering.outline import outline
from core.config import ROOT
from tests.quizzes.builders import asked

REAL = ROOT / "content"
WHY = "A reason that says enough to teach somebody something."
WORDS = ["harbour", "ledger", "orchard", "signal", "lantern", "bridge", "meadow", "copper"]


def single(
    *texts, key=0, name="one", stem="Which of these would a harbour master call a service?", family="family", **rest
):
    """Return a question whose option at `key` is right."""
    options = [
        {"id": f"o{place}", "text": text, "correct": place == key, "why": WHY} for place, text in enumerate(texts)
    ]
    question = asked("single", options=options, stem=stem, **rest)
    object.__setattr__(question, "id", name)
    object.__setattr__(question.shape, "family", family)
    return question


def bank(count, chance, longest_is_key=None):
    """Return questions with options of chance lengths; the longest is the key that often, where it is told."""
    return [any_single(chance, longest_is_key) for _ in range(count)]


def any_single(chance, longest_is_key):
    texts = [" ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 9))) for _ in range(4)]
    longest = max(range(4), key=lambda place: len(texts[place]))
    follows = longest_is_key is not None and chance.random() < longest_is_key
    return single(*texts, key=longest if follows else chance.randrange(4))


def test_rules_score_as_dice_do_where_nothing_gives_the_key_away():
    for guess in guesses(bank(400, Random(7))):
        assert guess.holds, guess
        assert abs(guess.share - 0.25) < 0.08


def test_a_bank_whose_longest_options_are_right_is_refused():
    found = {guess.rule: guess for guess in guesses(bank(300, Random(7), longest_is_key=0.5))}
    assert not found["the longest option"].holds
    assert found["the shortest option"].holds


def in_families(questions):
    for number, question in enumerate(questions):
        object.__setattr__(question.shape, "family", f"family-{number // 3}")
    return questions


def test_a_guesser_learns_from_a_bank_whose_keys_look_alike():
    found = learned_guess(in_families(bank(300, Random(7), longest_is_key=0.5)))
    assert found.share > 0.45 and not found.holds


def test_a_guesser_learns_nothing_where_keys_look_like_any_option():
    found = [learned_guess(in_families(bank(300, Random(seed)))) for seed in range(5)]
    assert sum(guess.holds for guess in found) >= 4
    assert abs(fmean(guess.share for guess in found) - 0.25) < 0.04


def test_a_small_bank_teaches_a_guesser_nothing():
    assert learned_guess(bank(99, Random(7))) is None


@pytest.mark.parametrize(("count", "wanted"), [(39, 0.25 + 2.33 * sqrt(0.25 * 0.75 / 39)), (5_000, 0.30)])
def test_the_limit_is_what_chance_hardly_exceeds(count, wanted):
    assert limit(0.25, count) == pytest.approx(wanted)


@given(st.randoms(use_true_random=False))
def test_equal_options_are_drawn_for(chance):
    question = any_single(chance, None)
    for rule in RULES.values():
        assert 0 <= scored(rule, question) <= 1
    assert scored(lambda question, option: 1.0, question) == 0.25


def test_lists_of_numbers_and_questions_of_other_shapes_are_left_out():
    fixed = single("1 and 2", "1 and 3", "2 and 3", "3 and 4", fixed=True)
    three = single("one text", "two texts", "three texts")
    assert guessable([fixed, three, asked("numeric", **NUMERIC)]) == []


NUMERIC = {
    "stem": "What is {a} and one?",
    "given": {"a": {"from": 1, "to": 5, "step": 1}},
    "answer": "a + 1",
    "decimals": 0,
    "tolerance": 0.1,
    "mistakes": [{"answer": "a", "why": WHY}],
    "why": "{a} + 1 = {answer}",
}


def test_lengths_places_and_words_are_measured_on_the_key():
    long_keys = [single("a rather long right answer to it", "short", "brief", "small") for _ in range(8)]
    assert not key_length(long_keys).holds and not longest_option(long_keys).holds
    assert not places(long_keys).holds
    even = [single(*["equal text"] * 4, key=place) for place in range(4)]
    assert places(even).holds and places(even).found == "1, 1, 1, 1" and key_length(even).found == "1.00"
    pushy = [single("a plan", "always a plan", "every plan", "never a plan") for _ in range(4)]
    assert not absolutes(pushy).holds and absolutes(even).holds


def test_catch_alls_and_negative_questions_are_counted():
    assert not catch_alls([single("One", "Two", "Three", "All of the above")]).holds
    assert catch_alls([single("All ships", "Both teams", "None at all", "Some")]).holds
    assert negatives([single("a", "b", "c", "d", stem="Which of these is not a service?")]).found == "1"
    assert negatives([single("a", "b", "c", "d", stem="It was not ready. Which step comes next?")]).found == "0"


def test_a_reason_that_repeats_the_key_is_found():
    echo = single("A reason that says enough to teach somebody something", "b", "c", "d")
    assert not own_reasons([echo]).holds
    assert own_reasons([single("Another thing", "b", "c", "d")]).holds


def test_near_duplicates_are_named_across_families_only():
    one = single("Restore it", "b", "c", "d", name="one", family="first")
    other = single("Restore it", "x", "y", "z", name="other", family="second")
    sibling = single("Restore it", "x", "y", "z", name="sibling", family="first")
    far = single("Restore it", "x", "y", "z", name="far", stem="Who pays for a lighthouse in a storm?", family="third")
    assert [(a, b) for a, b, _ in near_duplicates([one, other, far])] == [("one", "other")]
    assert near_duplicates([one, sibling]) == []


def test_plain_words_ask_for_fewer_years_of_school():
    plain, heavy = "The ship is late. Who tells the crew?", "Organisational accountability necessitates communication."
    assert grade_of(plain) < 3 < 12 < grade_of(heavy)


LESSON = """---
title: Piers
summary: s
objectives: [a.b]
minutes: 3
---
## Organisational accountabilities

The ship is late. The crew is told.

/// contrast
| Dimension | Organisational | Operational |
|---|---|---|
| Accountability | Interdepartmental | Institutional |
///

/// note
It will sail at noon.
///

/// mentor
Interdisciplinary considerations predominate.
///
"""


def test_a_lesson_is_graded_by_its_sentences_alone():
    text = list(running_text(outline(LESSON.split("---\n")[2]).pieces))
    assert [line for line in text if line] == ["The ship is late. The crew is told.", "It will sail at noon."]


def test_lessons_that_ask_for_more_than_eleven_years_of_school_are_refused():
    easy, hard = (LessonFacts("Piers", 3, 100, grade, 1, 1, 0, True) for grade in (6.0, 13.0))
    assert lessons_grade([easy, easy, hard]).holds and not lessons_grade([easy, hard, hard]).holds
    assert "| Piers | 3 | 100 | 6.0 | 1 | 1 |  | yes |" in lesson_table([easy])


def run(*args):
    """Run the command; it needs no database."""
    return Flask("authors").test_cli_runner().invoke(content, ["quality", *args])


def test_the_command_prints_every_course_and_renews_the_page(tmp_path):
    file = tmp_path / "quality.md"
    file.write_text(f"# How good\n\n{FIGURES}\nold\n{FIGURES_END}\n\nBy hand.\n")
    done = run(str(REAL), "--write", str(file))
    assert done.exit_code == 0, done.output
    assert "## ITIL Foundation (Version 5)" in done.output and "the longest option" in done.output
    text = file.read_text()
    assert (
        text.startswith("# How good") and text.endswith("By hand.\n") and "\nold\n" not in text and "| Level |" in text
    )


def test_the_command_fails_where_a_limit_is_broken_and_where_the_page_has_no_marks(tmp_path, monkeypatch):
    from catalogue import commands

    broken = SimpleNamespace(course=SimpleNamespace(id="c"), broken=["always choosing the longest option"])
    monkeypatch.setattr(commands, "quality_of", lambda course: broken)
    monkeypatch.setattr(commands, "page", lambda one: "## A course\n")
    refused = run(str(REAL))
    assert refused.exit_code == 1 and "Limit broken in c: always choosing the longest option." in refused.output
    file = tmp_path / "quality.md"
    file.write_text("nothing here")
    assert "put them around the figures" in run(str(REAL), "--write", str(file)).output
    assert file.read_text() == "nothing here"

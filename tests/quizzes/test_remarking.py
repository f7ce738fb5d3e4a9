"""The rule of regrading: what an answer earns by a newer form of its question."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import Shown
from quizzes.marking import mark
from quizzes.regrades.remarking import (
    KIND_CHANGED,
    NUMBERS_CHANGED,
    PART_GONE,
    PART_NEW,
    UNFINISHED,
    UNREADABLE,
    Remark,
    remark,
)
from tests.quizzes.builders import dropdown, hotspot, match, numeric, order, question

NAMES = ("a", "b", "c", "d")
PAIRS = [("a", "b"), ("c", "d")]


@dataclass
class Step:
    kind: str
    response: dict = field(default_factory=dict)
    mark: float | None = None


def finished(**response):
    return [Step("save", {"options": ["d"]}), Step("finish", response)]


def marked(older, newer, in_exam=False, **response):
    return remark(finished(**response), older, newer, 7, in_exam=in_exam)


def of_right(*right):
    return question("multiple", right, [name for name in NAMES if name not in right])


def test_the_finished_answer_is_marked_by_the_newer_question():
    older, newer = question("single", ["a"], ["b"]), question("single", ["b"], ["a"])
    assert marked(older, newer, options=["b"]) == Remark(1.0)
    assert marked(older, newer, options=["a"]) == Remark(0.0)
    assert marked(older, newer, options=[]) == Remark(0.0)


def test_an_exam_gives_nothing_for_a_part_and_a_practice_does():
    assert marked(of_right("a"), of_right("a", "b"), options=["a"]).mark == 0.5
    assert marked(of_right("a"), of_right("a", "b"), in_exam=True, options=["a"]).mark == 0.0


@pytest.mark.parametrize(
    ("older", "newer", "response", "why"),
    [
        (question("single", ["a"], ["b"]), order(["a", "b"]), {"options": ["a"]}, KIND_CHANGED),
        (question("single", ["a"], ["b", "c"]), question("single", ["a"], ["b"]), {"options": ["c"]}, PART_GONE),
        (question("single", ["a"], ["b"]), question("single", ["z"], ["a", "b"]), {"options": ["b"]}, PART_NEW),
        (order(["a", "b"]), order(["a", "b", "c"]), {"places": {"a": 1, "b": 2}}, PART_NEW),
        (match(PAIRS), match([*PAIRS, ("e", "f")]), {"pairs": {}}, PART_NEW),
        (dropdown(x=["a", "b"]), dropdown(x=["c", "a"]), {"blanks": {"x": "a"}}, PART_NEW),
        (hotspot(["a"], ["b"]), hotspot(["c"], ["b"]), {"areas": ["b"]}, PART_NEW),
        (numeric(), numeric(where="ev > 80000"), {"typed": "1"}, NUMBERS_CHANGED),
        (numeric(), numeric(unit="hours"), {"typed": "1"}, NUMBERS_CHANGED),
        (None, question("single", ["a"], ["b"]), {"options": ["a"]}, UNREADABLE),
    ],
)
def test_what_cannot_be_marked_fairly_is_refused_with_the_reason(older, newer, response, why):
    assert marked(older, newer, **response) == Remark(None, why)


def test_what_was_not_finished_has_no_mark():
    asked = question("single", ["a"], ["b"])
    assert remark([Step("save", {"options": ["a"]})], asked, asked, 7, in_exam=False).why_not == UNFINISHED


def test_a_part_taken_away_that_nobody_chose_does_no_harm():
    older, newer = question("single", ["a"], ["b", "c"]), question("single", ["b"], ["a"])
    assert marked(older, newer, options=["b"]).mark == 1.0


def test_a_formula_that_was_wrong_is_corrected_with_the_numbers_as_drawn():
    older, newer = numeric(answer="ac / ev", mistakes=[]), numeric()
    right = str(Shown(newer, 7).variant.rounded)
    assert marked(older, newer, typed=right).mark == 1.0


@given(
    st.integers(0, 2**63 - 1),
    st.booleans(),
    st.sets(st.sampled_from(NAMES)),
    st.lists(st.sets(st.sampled_from(NAMES), min_size=1, max_size=3), min_size=1, max_size=6),
)
def test_replay_equals_history(seed, in_exam, chosen, keys):
    """However often a question is corrected, replaying the steps gives each mark again, and the last one is the present one."""
    forms = [of_right(*sorted(key)) for key in keys]
    steps = played(forms, {"options": sorted(chosen)}, seed, in_exam)
    for place, step in enumerate(steps):
        form = forms[step.response["form"]] if step.kind == "regrade" else forms[0]
        again = remark(steps[: max(place, 1)], forms[0], form, seed, in_exam=in_exam)
        assert again.mark == step.mark
    earned = mark(Shown(forms[-1], seed), steps[0].response)
    assert steps[-1].mark == (earned.exam if in_exam else earned.practice)


def played(forms, response, seed, in_exam):
    earned = mark(Shown(forms[0], seed), response)
    steps = [Step("finish", response, earned.exam if in_exam else earned.practice)]
    for number, form in enumerate(forms[1:], start=1):
        found = remark(steps, forms[0], form, seed, in_exam=in_exam)
        steps.append(Step("regrade", {"form": number}, found.mark))
    return steps

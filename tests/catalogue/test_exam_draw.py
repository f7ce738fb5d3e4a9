"""The draw of a mock exam."""

from collections import Counter
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.case_draw import choose_cases
from catalogue.exam_draw import History, TooFew, draw_exam
from catalogue.schema.exam import ExamShape
from tests.pace import milliseconds

LEVELS = ("remember", "understand", "apply", "analyse")


def question(number, objective, family, case=None, approach=None):
    level = LEVELS[number % 4]
    shape = SimpleNamespace(case=case, level=level)
    return SimpleNamespace(
        ref=f"c/q{number}",
        objective=objective,
        family=family,
        level=level,
        approach=approach,
        shape=shape,
        path="c/questions/a.yaml",
    )


def course(objectives=8, families=3, siblings=3, weights=(60, 40), cases=()):
    names = [(f"o{n}", "ab"[n % len(weights)]) for n in range(objectives)]
    asked = [
        question(i, name, f"{name}-f{i // siblings % families}")
        for i, name in enumerate(name for name, _ in names for _ in range(families * siblings))
    ]
    for number, size in enumerate(cases):
        asked += [question(len(asked) + k, "o0", f"case{number}", f"case{number}") for k in range(size)]
    by_domain = {d: tuple(SimpleNamespace(id=n, domain=e) for n, e in names if e == d) for d in "ab"[: len(weights)]}
    return SimpleNamespace(
        questions={one.ref.partition("/")[2]: one for one in asked},
        objectives={n: SimpleNamespace(id=n, domain=d) for n, d in names},
        domains=tuple(
            SimpleNamespace(id=d, weight=w, objectives=by_domain[d]) for d, w in zip("ab", weights, strict=False)
        ),
    )


def exam(questions=20, sections=None, **rest):
    told = {
        "title": "Mock",
        "questions": questions,
        "minutes": 60,
        "pass": None,
        "bands": ({"name": "All", "from": 0},),
    }
    told["sections"] = sections or ({"title": "All", "questions": questions},)
    return ExamShape.model_validate(told | rest, strict=False)


COURSE, EXAM, NEW = course(), exam(), History()
SEEDS = st.integers(0, 2**62)


@given(SEEDS)
@settings(max_examples=30)
def test_domains_are_exact_objectives_come_round_and_no_question_or_sibling_comes_twice(seed):
    drawn = draw_exam(COURSE, EXAM, NEW, seed).questions
    assert Counter(COURSE.objectives[one.objective].domain for one in drawn) == {"a": 12, "b": 8}
    counts = Counter(one.objective for one in drawn)
    assert len(counts) == 8 and all(counts[name] <= 3 for name in counts)
    assert len({one.ref for one in drawn}) == len({one.family for one in drawn}) == 20


def test_the_same_seed_draws_the_same_exam_and_another_seed_another():
    one, same, other = (draw_exam(COURSE, EXAM, NEW, seed).questions for seed in (1, 1, 2))
    assert one == same and one != other


def refs(drawn):
    return [one.ref for one in drawn.questions]


@given(SEEDS)
@settings(max_examples=20)
def test_sittings_in_a_row_never_repeat_a_question_while_the_bank_allows(seed):
    seen = {}
    for number in range(1, 8):
        drawn = refs(draw_exam(COURSE, EXAM, History(seen), seed + number))
        assert not {ref for ref in drawn if seen.get(ref) == number - 1 and number > 1}
        seen |= dict.fromkeys(drawn, number)


def test_what_was_never_seen_comes_before_what_was_seen_long_ago():
    first = refs(draw_exam(COURSE, EXAM, NEW, 1))
    second = refs(draw_exam(COURSE, EXAM, History(dict.fromkeys(first, 1)), 2))
    third = refs(draw_exam(COURSE, EXAM, History(dict.fromkeys(first, 1) | dict.fromkeys(second, 2)), 3))
    assert not set(first) & set(second) and not (set(first) | set(second)) & set(third)


def test_questions_that_a_lesson_asks_come_last():
    asked = frozenset(f"c/q{n}" for n in range(0, 72, 3))
    drawn = refs(draw_exam(COURSE, EXAM, History(in_checks=asked), 5))
    assert not asked & set(drawn)


@given(SEEDS)
@settings(max_examples=20)
def test_levels_are_as_wanted_within_one_where_the_bank_has_them(seed):
    wanted = {"remember": 25, "understand": 25, "apply": 25, "analyse": 25}
    drawn = draw_exam(COURSE, exam(levels=wanted), NEW, seed)
    assert all(abs(drawn.reached["levels"][level] - 5) <= 1 for level in LEVELS)


def test_unscored_questions_are_drawn_by_the_seed_among_all():
    one, two = (draw_exam(COURSE, exam(unscored=4), NEW, seed).unscored for seed in (1, 2))
    assert len(one) == len(two) == 4 and one != two


def test_a_section_of_cases_holds_whole_cases_next_to_one_another():
    held = course(cases=(5, 3, 4, 2))
    sections = ({"title": "Cases", "questions": 9, "cases": True}, {"title": "Rest", "questions": 11})
    drawn = draw_exam(held, exam(sections=sections), NEW, 3)
    blocks = [one.shape.case for one in drawn.sections[0]]
    assert len(blocks) == 9 and None not in blocks
    assert sum(a != b for a, b in pairwise(blocks)) == len(set(blocks)) - 1
    assert all(one.shape.case is None for one in drawn.sections[1])
    assert drawn.reached["domains"] == {"a": 12, "b": 8}


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(0, 30))
def test_cases_fill_a_section_exactly_where_any_choice_does(sizes, wanted):
    cases = [[n] * size for n, size in enumerate(sizes)]
    sums = {0}
    for size in sizes:
        sums |= {one + size for one in sums}
    assert sum(map(len, choose_cases(cases, wanted))) == max(one for one in sums if one <= wanted)


def test_banks_that_are_too_small_are_told_in_words():
    with pytest.raises(TooFew, match="This exam has 20 questions"):
        draw_exam(course(objectives=2, families=1), EXAM, NEW, 1)


def test_siblings_come_only_where_there_is_nothing_else():
    drawn = draw_exam(course(objectives=2, families=2, weights=(50, 50)), exam(questions=8), NEW, 1).questions
    assert Counter(Counter(one.family for one in drawn).values()) == {2: 4}


@pytest.mark.alone
def test_drawing_180_of_2000_questions_takes_less_than_50_ms():
    large, long = course(objectives=40, families=17), exam(questions=180)
    seen = {f"c/q{n}": n % 5 + 1 for n in range(0, 2000, 2)}
    assert len(large.questions) == 2040
    assert milliseconds(lambda: draw_exam(large, long, History(seen), 1)) < 50

"""What a practice asks: what was wished for, no two siblings, the longest unseen first, cases whole, mixed once it is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.schema.bank import CaseShape
from quizzes.practice.choosing import EASY_START, Known, LastAnswer, Wish, choose
from tests.quizzes.builders import asked as built
from tests.quizzes.builders import option

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
COURSE = frozenset({"c"})


def asked(name, family=None, objective="c.one", difficulty="medium", kind="single", case=None, sorter=False):
    rest = {"objective": objective, "difficulty": difficulty, "family": family or name, "sorter": sorter}
    shape = built(kind, options=[option("right", True), option("wrong"), *extra(kind)], **rest)
    held = CaseShape(id=case, title="A case", text="What happened.") if case else None
    return replace(shape, id=name, case=held)


def extra(kind):
    return [option("more", True)] if kind == "multiple" else []


def practice(questions, known=None, seed=1, **wish):
    wanted = Wish(COURSE, **{"size": 10, **wish})
    return [one.id for one in choose(questions, wanted, known or Known(), now=NOW, chance=Random(seed))]


def answered(*, days=0, **marks):
    return Known({f"c/{name}": LastAnswer(mark, NOW - timedelta(days=days)) for name, mark in marks.items()})


def bank(count, **rest):
    return [asked(f"q{number}", **rest) for number in range(count)]


def test_as_many_as_were_wished_and_never_two_siblings():
    siblings = [asked(f"{family}-{number}", family) for family in "abcdef" for number in (1, 2, 3)]
    chosen = practice(siblings, size=5)
    assert len(chosen) == 5 == len({name.partition("-")[0] for name in chosen})
    assert len(practice(siblings, size=40)) == 6


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        ({"objectives": frozenset({"c/c.two"})}, {"two"}),
        ({"difficulties": frozenset({"hard"})}, {"hard"}),
        ({"kinds": frozenset({"multiple"})}, {"several"}),
        ({"objectives": frozenset({"c/c.two"}), "difficulties": frozenset({"hard"})}, set()),
        ({}, {"one", "two", "hard", "several"}),
    ],
)
def test_only_what_was_wished_for(wish, wanted):
    held = [
        asked("one"),
        asked("two", objective="c.two"),
        asked("hard", difficulty="hard"),
        asked("several", kind="multiple"),
        asked("sort", sorter=True),
    ]
    assert set(practice(held, **wish)) == wanted
    assert choose(held, Wish(frozenset({"other"})), Known(), now=NOW, chance=Random(1)) == ()


def test_unseen_missed_and_due_are_told_apart():
    held = [asked("new"), asked("missed"), asked("part"), asked("right")]
    known = replace(answered(missed=0.0, part=0.5, right=1.0), due=frozenset({("c", "right")}))
    assert practice(held, known, which="unseen") == ["new"]
    assert set(practice(held, known, which="missed")) == {"missed", "part"}
    assert practice(held, known, which="due") == ["right"]


def test_what_was_never_met_comes_first_and_what_was_met_lately_last():
    held = [asked("lately"), asked("long-ago"), asked("never")]
    seen = {"c/lately": LastAnswer(1.0, NOW), "c/long-ago": LastAnswer(0.0, NOW - timedelta(days=90))}
    assert practice(held, Known(seen), size=1) == ["never"]
    assert set(practice(held, Known(seen), size=2)) == {"never", "long-ago"}


def test_it_begins_easily_and_keeps_together_what_is_new():
    held = [asked(f"{topic}{n}", objective=f"c.{topic}") for topic in "ab" for n in range(4)]
    held += [asked(f"easy{n}", difficulty="easy") for n in range(3)]
    names = practice(held, size=11)
    assert all(name.startswith("easy") for name in names[:EASY_START])
    topics = [name[0] for name in names[EASY_START:] if name[0] in "ab"]
    assert topics == sorted(topics)


def test_what_is_known_is_mixed():
    held = [asked(f"{topic}{n}", objective=f"c.{topic}") for topic in "ab" for n in range(4)]
    known = Known(counts={("c", f"c.{topic}"): 9 for topic in "ab"})
    topics = [name[0] for name in practice(held, known, size=8)]
    assert all(one != other for one, other in pairwise(topics))


def case(count=3, family="port"):
    return [asked(f"port-{number}", family, case="port", difficulty="hard") for number in range(1, count + 1)]


@settings(deadline=None, max_examples=25)  # the machine may be busy
@given(st.integers(0, 1_000))
def test_a_case_comes_whole_in_its_order_with_nothing_between(seed):
    names = practice([*bank(9), *case()], size=10, seed=seed)
    assert len(names) in (9, 10)  # the case, drawn last, may find no room
    if "port-1" in names:
        place = names.index("port-1")
        assert names[place : place + 3] == ["port-1", "port-2", "port-3"]


def test_a_case_waits_where_there_is_no_room_for_all_of_it():
    assert practice(case(6), size=5) == []
    assert set(practice([*case(6), *bank(2)], size=5)) == {"q0", "q1"}
    assert practice(case(3), size=5) == ["port-1", "port-2", "port-3"]


def test_a_case_is_kept_together_even_where_part_of_it_was_wished_for():
    held = [*case(2), asked("port-3", "port", case="port", difficulty="easy")]
    assert practice(held, difficulties=frozenset({"easy"})) == ["port-1", "port-2", "port-3"]


@settings(deadline=None, max_examples=25)  # the machine may be busy
@given(st.integers(1, 40), st.integers(0, 30), st.integers(0, 100))
def test_nothing_is_asked_twice_and_never_more_than_was_wished(size, count, seed):
    names = practice([*bank(count), *case()], size=size, seed=seed)
    assert len(names) == len(set(names)) <= size

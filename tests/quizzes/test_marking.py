"""What a response earns, kind by kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS, Shown, still_fitting
from quizzes.marking import Mark, WrongResponse, mark
from tests.quizzes.builders import chosen, dropdown, hotspot, match, numeric, order, question

SINGLE = question("single", ["right"], ["wrong", "other"])
MULTIPLE = question("multiple", ["a", "b", "c"], ["x", "y"])
ORDER = order("abcd")
MATCH = match([("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")], ["x"])
RIGHT_OF = {pair.id: pair.right_id for pair in MATCH.pairs}
DROPDOWN = dropdown(first=["sla", "ola"], second=["ola", "sla", "uc"])
HOTSPOT = hotspot("ab", "xyz")
NUMERIC = numeric(given={"ev": {"from": 40, "to": 40, "step": 1}, "ac": {"from": 64, "to": 64, "step": 1}}, where=None)
ALL = [SINGLE, MULTIPLE, ORDER, MATCH, DROPDOWN, HOTSPOT, NUMERIC]
KIND_NAMES = [asked.kind for asked in ALL]


def places(text):
    return {"places": {name: place for place, name in enumerate(text, start=1) if name != "-"}}


def pairs(**joined):
    return {"pairs": {left: RIGHT_OF.get(right, right) for left, right in joined.items()}}


CASES = [
    (SINGLE, chosen("right"), 1),
    (SINGLE, chosen("wrong"), 0),
    (MULTIPLE, chosen("a", "b", "c"), 1),
    (MULTIPLE, chosen("a", "b"), 2 / 3),
    (MULTIPLE, chosen("a", "b", "x"), 1 / 3),
    (MULTIPLE, chosen("a", "x", "y"), 0),
    (MULTIPLE, chosen("a", "b", "c", "x", "y"), 1 / 3),
    (ORDER, places("abcd"), 1),
    (ORDER, places("bcda"), 2 / 3),
    (ORDER, places("abdc"), 1 / 3),
    (ORDER, places("dcba"), 0),
    (ORDER, places("ab"), 1 / 3),
    (ORDER, places("ab-d"), 1 / 3),
    (ORDER, {"places": {"a": 1, "b": 2, "c": 2, "d": 3}}, 0),
    (MATCH, pairs(a="a", b="b", c="c", d="d"), 1),
    (MATCH, pairs(a="a", b="b", c="d", d="c"), 1 / 2),
    (MATCH, pairs(a="a", b="a", c="x"), 1 / 4),
    (DROPDOWN, {"blanks": {"first": "sla", "second": "ola"}}, 1),
    (DROPDOWN, {"blanks": {"first": "sla", "second": "uc"}}, 1 / 2),
    (DROPDOWN, {"blanks": {"second": "sla"}}, 0),
    (HOTSPOT, {"areas": ["a", "b"]}, 1),
    (HOTSPOT, {"areas": ["a"]}, 1 / 2),
    (HOTSPOT, {"areas": ["a", "b", "x"]}, 1 / 2),
    (HOTSPOT, {"areas": ["x", "a"]}, 0),
    (NUMERIC, {"typed": "0.625"}, 1),
    (NUMERIC, {"typed": "0,63"}, 1),
    (NUMERIC, {"typed": "0.62"}, 1),
    (NUMERIC, {"typed": ".63"}, 1),
    (NUMERIC, {"typed": "0.60"}, 0),
    (NUMERIC, {"typed": "1.60"}, 0),
]


@pytest.mark.parametrize(("asked", "response", "share"), CASES)
def test_a_response_earns_a_share_in_practice_and_all_or_nothing_in_an_exam(asked, response, share):
    assert mark(Shown(asked, 5), response) == Mark(practice=pytest.approx(share), exam=float(share == 1))


@pytest.mark.parametrize("asked", ALL, ids=KIND_NAMES)
def test_a_blank_answer_earns_nothing(asked):
    for blank in ({}, KINDS[asked.kind].read({})):
        assert mark(Shown(asked, 5), blank) == Mark(practice=0, exam=0)
        assert KINDS[asked.kind].is_blank(blank) and not KINDS[asked.kind].is_whole(Shown(asked, 5), blank)


STRANGE = [
    (SINGLE, chosen("right", "never-heard-of"), "does not belong"),
    (SINGLE, chosen("right", "wrong"), "one option"),
    (ORDER, {"places": {"a": 1, "z": 2}}, "does not belong"),
    (ORDER, {"places": {"a": 5}}, "does not belong"),
    (ORDER, {"places": {"a": 0}}, "does not belong"),
    (MATCH, {"pairs": {"a": "nowhere"}}, "does not belong"),
    (MATCH, {"pairs": {"nobody": RIGHT_OF["a"]}}, "does not belong"),
    (DROPDOWN, {"blanks": {"third": "sla"}}, "does not belong"),
    (DROPDOWN, {"blanks": {"first": "uc"}}, "does not belong"),
    (HOTSPOT, {"areas": ["a", "moon"]}, "does not belong"),
    (NUMERIC, {"typed": "a lot"}, "cannot be read as a number"),
    (NUMERIC, {"typed": "1,234"}, "Write 1234 if you mean thousands, or 1.2340"),
]


@pytest.mark.parametrize(("asked", "response", "words"), STRANGE)
def test_what_cannot_belong_to_the_question_is_refused_and_not_marked_wrong(asked, response, words):
    with pytest.raises(WrongResponse, match=words):
        mark(Shown(asked, 5), response)


def test_what_a_form_sent_is_read_in_the_words_of_its_kind():
    assert KINDS["multiple"].read({"option": ["b", "a", "b"]}) == {"options": ["a", "b"]}
    assert KINDS["order"].read({"place.a": ["2"], "place.b": [""], "other": ["x"]}) == {"places": {"a": 2}}
    assert KINDS["match"].read({"pair.a": ["r"], "pair.b": [""]}) == {"pairs": {"a": "r"}}
    assert KINDS["dropdown"].read({"blank.first": ["sla"]}) == {"blanks": {"first": "sla"}}
    assert KINDS["hotspot"].read({"area": ["b", "a"]}) == {"areas": ["a", "b"]}
    assert KINDS["numeric"].read({"number": ["  12 000,5 "]}) == {"typed": "12 000,5"}
    with pytest.raises(WrongResponse, match="A place is a number"):
        KINDS["order"].read({"place.a": ["first"]})


def test_a_kind_is_not_finished_before_all_its_parts_are_answered():
    whole = {name: kind.is_whole for name, kind in KINDS.items()}
    assert whole["order"](Shown(ORDER, 1), places("dcba")) and not whole["order"](Shown(ORDER, 1), places("dcb"))
    assert not whole["order"](Shown(ORDER, 1), {"places": {"a": 1, "b": 1, "c": 2, "d": 3}})
    assert not whole["match"](Shown(MATCH, 1), pairs(a="a"))
    assert not whole["dropdown"](Shown(DROPDOWN, 1), {"blanks": {"first": "ola"}})


def test_what_still_fits_a_changed_question_is_kept():
    assert still_fitting(SINGLE, chosen("right", "gone")) == chosen("right")
    assert still_fitting(ORDER, {"places": {"a": 1, "gone": 2}}) == {"places": {"a": 1}}
    assert still_fitting(MATCH, {"pairs": {"a": "gone", "b": RIGHT_OF["b"]}}) == {"pairs": {"b": RIGHT_OF["b"]}}
    assert still_fitting(DROPDOWN, {"blanks": {"first": "sla", "gone": "sla"}}) == {"blanks": {"first": "sla"}}
    assert still_fitting(NUMERIC, {"typed": "12 abc"}) == {"typed": "12 abc"}


def whole_or_part(draw, ids, least=0):
    return draw(st.lists(st.sampled_from(sorted(ids)), unique=True, min_size=least))


@st.composite
def responses(draw):
    """A question of any kind with something that a person could have answered."""
    asked = draw(st.sampled_from(ALL))
    rights = sorted({*RIGHT_OF.values(), "x"})
    match asked.kind:
        case "single":
            return asked, {"options": whole_or_part(draw, {"right", "wrong", "other"})[:1]}
        case "multiple":
            return asked, {"options": whole_or_part(draw, set("abcxy"))}
        case "order":
            return asked, {"places": draw(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 4)))}
        case "match":
            return asked, {"pairs": draw(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(rights)))}
        case "dropdown":
            return asked, {"blanks": draw(st.dictionaries(st.just("first"), st.sampled_from(["sla", "ola"])))}
        case "hotspot":
            return asked, {"areas": whole_or_part(draw, set("abxyz"))}
    return asked, {"typed": str(draw(st.decimals(0, 2, places=2)))}


@given(responses(), st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_mark_is_between_0_and_1_and_the_same_in_every_order(answered, one, other):
    asked, response = answered
    earned = mark(Shown(asked, one), response)
    assert 0 <= earned.practice <= 1 and earned.exam == (earned.practice == 1)
    assert earned == mark(Shown(asked, other), response)


@pytest.mark.parametrize("asked", ALL, ids=KIND_NAMES)
def test_luck_is_a_chance(asked):
    assert 0 < KINDS[asked.kind].luck(asked) <= 0.5

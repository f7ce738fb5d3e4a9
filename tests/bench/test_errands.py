"""What the clients send, and how they read what comes back."""

from urllib.parse import parse_qs

import pytest

from bench.client import Failed, outcome_in
from bench.errands import Errand, Visitor, form

PEOPLE = tuple(Visitor(n, f"session=cookie-{n}", f"token {n}") for n in range(3))


def saving():
    return Errand("POST", "/check", PEOPLE, tuple(form({"option": o, "sequence": "@n", "try": "@k"}) for o in "ab"))


def test_everybody_comes_once_in_each_round_with_their_own_cookie_and_token():
    errand = saving()
    visits = [errand.visit(n) for n in range(6)]
    assert [headers["Cookie"] for _, headers, _ in visits] == [one.cookie for one in (*PEOPLE, *PEOPLE)]
    assert [parse_qs(body.replace(" ", "+"))["csrf_token"] for _, _, body in visits[:3]] == [
        ["token 0"],
        ["token 1"],
        ["token 2"],
    ]


def test_everybody_goes_to_their_own_exam():
    seated = tuple(Visitor(n, f"c-{n}", f"t-{n}", exam=str(70 + n)) for n in range(3))
    errand = Errand("GET", "/attempts/@exam/answers/90", seated)
    assert [errand.visit(n)[0] for n in (0, 2, 3)] == [f"/attempts/{n}/answers/90" for n in (70, 72, 70)]


def test_a_choice_changes_from_round_to_round_and_its_number_grows():
    errand = saving()
    sent = [parse_qs(errand.visit(n)[2].replace(" ", "+")) for n in (0, 3, 6, 9)]
    assert [one["sequence"] for one in sent] == [["1"], ["2"], ["3"], ["4"]]
    assert [one["option"] for one in sent] == [["b"], ["a"], ["b"], ["a"]]
    assert [one["try"] for one in sent] == [["1"], ["1"], ["2"], ["2"]]


def test_the_next_run_goes_on_behind_everything_that_was_under_way():
    errand = saving()
    errand.done(7)  # two rounds and one request, others perhaps unanswered
    assert errand.rounds > 4 and errand.rounds % 2 == 1 and errand.sent == 7


def test_the_outcome_of_wrk_is_read_from_its_last_line():
    output = 'Running 2s test\n  16 connections\noutcome {"requests": 300, "seconds": 2.0, "errors": 1, "p50": 8.5, "p99": 30.25}\n'
    outcome = outcome_in(output)
    assert (outcome.rate, outcome.errors, outcome.p50, outcome.p99) == (150, 1, 8.5, 30.25)


def test_a_run_of_wrk_that_says_nothing_is_no_result():
    with pytest.raises(Failed, match="said nothing"):
        outcome_in("Running 2s test\n")

"""The rules that a scenario has to keep: each is broken by some text, and says where."""

import numpy as np
import pytest

from simulations.checking import rules
from simulations.checking.judging import Effort, judged
from simulations.engine.policies import Outcome
from tests.simulations.harbour import model

LITTLE_EFFORT = Effort(random=60, replications=8, settings=12, compared=6, tried=120, searched=12)
CLIPPED = 'flaws: "clip(flaws + done * (0.6 - 2 * testing), 0, 60)"'
SORRY = "add: {trust: 4}, schedule: [{after: 1, add: {paid: 3}}]"


def verdict(*changes):
    return judged(model(*changes), "0" * 64, LITTLE_EFFORT)


def found(name, *changes):
    """Return what one rule says of the harbour with pieces of its text exchanged."""
    return next(rule for rule in verdict(*changes).rules if rule.rule == name)


@pytest.mark.parametrize(
    ("rule", "old", "new", "said"),
    [
        ("Bounded", CLIPPED, 'flaws: "flaws + done"', ""),
        ("Bounded", CLIPPED, 'flaws: "flaws + 3 * done"', "base: flaws 27 to 120"),
        ("Bounded", 'until: "week >= 6"', 'until: "week >= 600"', "plays do not end"),
        ("Bounded", CLIPPED, 'flaws: "log(0 - done)"', "`flaws` has no finite value in step 1"),
        (
            "Bounded",
            "spent: {expr: paid",
            "spent: {measure: spi, of: {ev: worth, pv: trust - 50}",
            "`spent` has no value",
        ),
        ("Reachable", "prob: 0.5", "prob: 0", "event storm"),
        ("Reachable", "prob: 0.5", "prob: 0, rare: true", ""),
        ("Reachable", 'when: "queue > 8"', 'when: "queue > 399"', "stage apology"),
        ("Reachable", 'when: "trust > 50"', 'when: "trust > 99"', "headlines 1"),
        ("Targets", "unit: $k, target: 60", "unit: $k, target: 600", "spent is met in 100%"),
        ("No dominant option", "label: A twentieth", "trap: true, label: A twentieth", "testing: much is always best"),
        ("Trade-offs", SORRY, SORRY, ""),
        ("Trade-offs", SORRY, "add: {trust: 14}", "apology: silent and sorry"),
        ("Trade-offs", SORRY, "trap: true, add: {trust: 14}", ""),
        ("Two sides", "score: {spent: 0.4", "score: {spent: 0.4", ""),
        ("Two sides", "spent: {expr: paid", 'spent: {expr: "90 - trust"', "rank correlation"),
        ("Signal over luck", "add: {queue: 4}", "add: {trust: -40}", "choices explain"),
        ("Signal over luck", "label: Two people", "label: Two people", "only 17 points between best and worst"),
        ("No rule of thumb", "label: Three people", "label: Three people", "always the last beats"),
        ("Labels", "label: Two people", "label: As few people as the plan of the project has for a gate", "crew"),
        ("Labels", "label: Two people", "label: Only two people", ""),
        (
            "Author's expectations",
            'expect: "latent > 5"',
            'expect: "latent > 55"',
            "latent > 55 (given testing=little)",
        ),
        ("Author's expectations", 'expect: "latent > 5"', "expect: \"played('testing') == 'little'\"", ""),
    ],
)
def test_a_rule_is_broken_by_what_it_is_about(rule, old, new, said):
    one = found(rule, (old, new))
    assert one.holds is not bool(said)
    assert said in one.found


def test_an_option_that_is_never_best_is_named_unless_it_is_a_trap():
    never = "testing: little is never best"
    assert never in found("No dominant option").found
    assert never not in found("No dominant option", ("label: A twentieth", "trap: true, label: A twentieth")).found


def test_a_scenario_that_breaks_is_measured_no_further():
    broken = verdict((CLIPPED, 'flaws: "log(0 - done)"'))
    assert [rule.rule for rule in broken.rules] == ["Bounded"]
    assert not broken.passed


def test_plays_that_differ_though_nothing_else_does_are_found(monkeypatch):
    luck = np.random.default_rng(1)
    monkeypatch.setattr(rules, "played", lambda grid, *rest: Outcome({}, luck.random((len(grid), 4))))
    one = found("Deterministic")
    assert one.found == "two plays of one seed differ; a play changes with those beside it"


def test_a_verdict_counts_for_its_own_text_only():
    one = verdict()
    assert one.is_about("0" * 64)
    assert not one.is_about("1" * 64)
    assert not one.model_copy(update={"engine": one.engine - 1}).is_about("0" * 64)


def test_the_best_policy_found_beats_random_play_in_every_context():
    for level in verdict().levels.values():
        assert level.best > level.random
        assert level.policy["testing"] == "much"


def test_the_same_scenario_is_judged_the_same_again():
    assert verdict() == verdict()

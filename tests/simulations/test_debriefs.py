"""Debriefs: what another choice would have added, what was luck, and how one decision reached the end."""

import numpy as np
import pytest

from simulations.debriefs.causes import Link, Moved, chain, most_moved
from simulations.debriefs.fans import fans, percentile
from simulations.debriefs.regret import Other, Regret, Turn, compared, turns_of
from simulations.debriefs.whole import Debrief, Played, debrief_of, histogram
from simulations.engine.deciding import Decided
from simulations.engine.playing import Plays
from simulations.engine.scoring import figures, scored
from tests.simulations.harbour import model

PLAYED = {"testing": "little", "crew": "two", "crew-2": "two", "crew-3": "three", "apology": "silent"}
FEW = 40  # replications


def score_of(harbour, replication, decisions):
    """Play one replication by itself."""
    plays = Plays(harbour, 5, np.array([replication])).run(Decided({"apology": "silent", **decisions}))
    return float(scored(harbour, figures(plays), harbour.contexts["base"])[0])


def regrets(harbour, decisions=PLAYED, count=FEW):
    return {one.turn.name: one for one in compared(harbour, 5, "base", decisions, count).regrets}


def test_regret_is_the_mean_of_what_each_replication_gains_with_the_other_option():
    harbour = model()
    found = regrets(harbour)["testing"].others[0]
    gains = [
        score_of(harbour, number, PLAYED | {"testing": "much"}) - score_of(harbour, number, PLAYED)
        for number in range(1, FEW + 1)
    ]
    assert found.gain == pytest.approx(np.mean(gains))
    assert found.error == pytest.approx(np.std(gains, ddof=1) / FEW**0.5)


def test_an_option_that_does_the_same_gains_nothing_at_all():
    same = model(("set: {crew: 3}", "set: {crew: 2}"))
    for turn in ("crew", "crew-2"):
        assert [(one.gain, one.error) for one in regrets(same)[turn].others] == [(0.0, 0.0)]
        assert regrets(same)[turn].verdict == "alike"


def test_a_turn_that_never_came_stands_with_its_default():
    without = {turn: choice for turn, choice in PLAYED.items() if turn != "apology"}
    turn = next(one for one in turns_of(model(), without) if one.name == "apology")
    assert (turn.reached, turn.stage.options[turn.played].id) == (False, "silent")


@pytest.mark.parametrize(
    ("gain", "error", "verdict", "points"),
    [
        (4.0, 1.0, "better", 4.0),
        (4.0, 2.5, "alike", 0.0),  # luck may feign as much
        (0.3, 0.01, "alike", 0.0),  # surely, and not worth a word
        (-4.0, 1.0, "best", 0.0),
    ],
)
def test_a_difference_counts_when_it_is_clear_and_worth_a_word(gain, error, verdict, points):
    stage = model().stage("testing")
    regret = Regret(Turn("testing", stage, 0, True), (Other("much", gain, error), Other("none", -9.0, 1.0)))
    assert (regret.verdict, regret.points) == (verdict, points)


@pytest.mark.parametrize(
    ("run", "share"), [(0, 0.0), (1, 12.5), (2, 50.0), (3, 87.5), (9, 100.0)], ids=["worst", "tie", "", "", "best"]
)
def test_of_equal_replications_half_count_as_worse(run, share):
    assert percentile(run, [1, 2, 2, 3]) == share


def test_every_replication_stands_in_one_bar():
    assert histogram(np.array([0, 4.9, 5, 99.9, 100])) == [2, 1, *[0] * 17, 2]


def test_a_fan_holds_its_bands_in_order_for_each_week_that_was_lived():
    drawn, best = fans(model(), 5, "base", PLAYED, {"testing": "much", "crew": "three"}, FEW)
    trust = next(one for one in drawn if one.kpi == "trust")
    assert {len(values) for values in (*trust.bands.values(), trust.best)} == {len(trust.run)} == {6}
    order = [trust.bands[band] for band in ("10", "25", "50", "75", "90")]
    assert (np.diff(order, axis=0) >= 0).all()
    ideal = {"testing": "much", "crew": "three", "crew-2": "three", "crew-3": "three"}
    assert best == pytest.approx(np.mean([score_of(model(), one, ideal) for one in range(1, FEW + 1)]))


def test_projects_have_fans_of_their_figures_and_services_of_theirs():
    drawn, _ = fans(model(), 5, "base", PLAYED, {}, FEW)
    assert {(one.kpi, one.phase) for one in drawn} == {("spent", 0), ("trust", 1), ("latent", 1)}


def test_the_story_of_a_decision_leads_to_what_the_score_felt_most():
    harbour = model()
    turn = next(one for one in turns_of(harbour, PLAYED) if one.name == "testing")
    links = chain(harbour, 5, "base", PLAYED, turn, "much", FEW)
    assert links[-1].name == "trust"
    assert links[-1].own < links[-1].other
    cheap = model(("score: {spent: 0.4, trust: 0.4, latent: 0.2}", "score: {spent: 0.01, trust: 0.01, latent: 0.98}"))
    assert chain(cheap, 5, "base", PLAYED, turn, "much", FEW)[-1].name == "flaws"


def test_the_score_feels_a_figure_by_its_points_and_not_by_how_sure_its_change_is():
    harbour = model()
    plays = Plays(harbour, 5, np.arange(4))
    plays.known |= {
        "paid": np.array([60.0, 60.0, 60.1, 60.1]),  # a sure change of next to nothing
        "trust": np.array([30.0, 50.0, 40.0, 60.0]),
        "flaws": np.array([5.0, 5.0, 5.0, 5.0]),
    }
    assert most_moved(harbour, plays, "base", 2) == "trust"


@pytest.mark.parametrize(
    ("size", "own", "other", "tells"),
    [(2.0, 104.0, 90.0, True), (2.0, 104.0, 103.9, False), (0.1, 104.0, 90.0, False), (2.0, 0.0, 0.0, False)],
    ids=["far and plain", "reads the same", "less than luck does", "nothing at all"],
)
def test_a_link_tells_something_or_is_left_out(size, own, other, tells):
    assert Moved(size, Link("paid", 0, 1, own, other)).tells is tells


def test_conditions_of_the_debrief_may_choose_like_all_others():
    asks = model(("when: \"played('testing') == 'little'\"", 'when: "where(latent > 0, 1, 0)"'))
    assert "Little was tested." in debrief_of(asks, None, Played(5, "base", PLAYED), 4).rules


def test_the_line_of_the_best_choices_ends_where_most_of_their_plays_have_left_the_phase():
    slow = model(('done: "min(work, 12 * (1 - testing))"', 'done: "min(work, 12 * (1 - 2 * testing))"'))
    drawn, _ = fans(slow, 5, "base", PLAYED | {"testing": "much"}, {"testing": "little"}, FEW)
    spent = next(one for one in drawn if one.kpi == "spent")
    assert (len(spent.run), len(spent.best)) == (6, 4)
    assert min(spent.best) > 0


def test_a_debrief_is_kept_as_it_is_shown():
    found = debrief_of(model(), None, Played(5, "base", PLAYED), FEW)
    assert Debrief.kept(found.as_kept()) == found


@pytest.mark.parametrize(
    ("random", "expected", "best", "skill"), [(40, 55, 70, 50), (40, 30, 70, 0), (40, 80, 70, 100), (50, 50, 50, 100)]
)
def test_skill_is_the_way_from_random_play_to_the_best_found(random, expected, best, skill):
    found = debrief_of(model(), None, Played(5, "base", PLAYED), 4)
    parts = found.as_kept() | {"random": random, "expected": expected, "best": best}
    assert Debrief.kept(parts).skill == skill

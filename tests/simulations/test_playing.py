"""Plays: phases that take as long as they take, decisions in their turn, luck that is truly common, and known results."""

import numpy as np
import pytest

from simulations.engine.deciding import Decided, Policy, Undecided
from simulations.engine.playing import NotFinite, Plays
from simulations.engine.policies import Grid, played
from simulations.engine.recording import Recorder
from simulations.engine.retelling import ended, reading, retold
from tests.simulations.harbour import model, shape

LITTLE, MUCH = {"testing": "little"}, {"testing": "much"}
CREWS = {"crew": "two", "crew-2": "three", "crew-3": "two", "apology": "sorry"}


def test_a_play_stops_at_each_turn_and_goes_on_when_it_is_decided():
    harbour, decisions, turns = model(), {}, []
    while (story := retold(harbour, 5, "base", decisions)).turn:
        turns.append((story.turn, story.phase, story.week))
        decisions[story.turn] = harbour.stage(story.stage).options[0].id
    assert turns[0] == ("testing", 0, 1)
    assert [turn for turn, _, _ in turns if turn.startswith("crew")] == ["crew", "crew-2", "crew-3"]
    assert story.over and [one.id for one in story.turns] == [turn for turn, _, _ in turns]


def test_who_tests_more_launches_later_and_the_service_begins_later():
    quick, slow = (retold(model(), 5, "base", choice) for choice in (LITTLE, MUCH))
    assert (quick.turn, slow.turn) == ("crew", "crew") and quick.week == slow.week == 1
    assert quick.ends[0] < slow.ends[0] and quick.tick < slow.tick


def test_a_late_project_meets_the_same_luck_in_its_service():
    harbour = model(("1 + 0.02 * flaws", "1 + 0 * flaws"))
    recorder = Recorder(harbour, {"arrivals": reading("arrivals")}, 2)
    choose = Policy({"testing": np.array([0, 1])})
    Plays(harbour, 5, np.array([4, 4])).run(choose, recorder)
    weeks = recorder.paths["arrivals"][1][:6]
    assert (weeks[:, 0] == weeks[:, 1]).all() and len(set(weeks[:, 0])) > 1


def test_a_changed_choice_disturbs_no_other_luck():
    harbour = model()
    recorder = Recorder(harbour, {"queue": reading("queue"), "arrivals": reading("arrivals")}, 2)
    Plays(harbour, 9, np.array([1, 1])).run(Policy({"crew-3": np.array([0, 1])}), recorder)
    queue, arrivals = recorder.paths["queue"][1], recorder.paths["arrivals"][1]
    assert (arrivals[:6, 0] == arrivals[:6, 1]).all()
    assert (queue[:4, 0] == queue[:4, 1]).all()


def test_a_play_alone_is_the_same_as_beside_a_thousand_others():
    harbour = model()
    rows = np.random.default_rng(1).integers(0, 2, (300, 3))
    together = played(Grid(harbour, rows), 7, 5).score
    alone = played(Grid(harbour, rows[17:18]), 7, 5).score
    assert together[17] == pytest.approx(alone[0], abs=1e-9)


def test_the_same_seed_and_decisions_give_the_same_end_and_another_seed_another():
    decisions = LITTLE | CREWS
    first, second, other = (ended(model(), seed, "base", decisions)[1] for seed in (5, 5, 6))
    assert first == second and first != other


def test_a_stage_with_a_condition_is_asked_only_where_it_holds():
    asked = retold(
        model(("ships: 10", "ships: 25")), 5, "base", LITTLE | {k: v for k, v in CREWS.items() if k != "apology"}
    )
    calm = retold(model(("ships: 10", "ships: 1")), 5, "base", LITTLE | CREWS)
    assert asked.turn == "apology" and "apology" not in [one.id for one in calm.turns] and calm.over


def test_of_two_turns_in_one_week_the_first_is_told_while_the_second_waits():
    together = model(
        (
            '  - id: apology\n    phase: service\n    at: 4\n    when: "queue > 8"\n    default: silent\n',
            "  - id: apology\n    phase: service\n    at: 3\n",
        )
    )
    story = retold(together, 5, "base", {"testing": "little", "crew": "two", "crew-2": "two"})
    assert story.turn == "apology"
    assert [(one.id, one.week) for one in story.turns] == [("testing", 1), ("crew", 1), ("crew-2", 3)]


def test_a_turn_belongs_to_the_stage_that_bears_its_name():
    gate = shape(("  - id: testing\n    phase", "  - id: crew-b\n    phase"))
    assert [gate.stage_of(turn).id for turn in ("crew", "crew-2", "crew-b", "apology")] == [
        "crew",
        "crew",
        "crew-b",
        "apology",
    ]
    for turn in ("crew-0", "crew-", "apology-2", "crew-b-2", "nothing"):
        with pytest.raises(KeyError):
            gate.stage_of(turn)


def test_what_is_scheduled_comes_later_and_only_for_those_who_chose_it():
    harbour = model(("ships: 10", "ships: 25"))
    both = {"apology": np.array([0, 1])}
    plays = Plays(harbour, 5, np.array([2, 2])).run(Policy(both))
    assert plays.known["paid"][1] - plays.known["paid"][0] == 3


def test_an_event_comes_by_its_chance():
    fired = Plays(model(), 5, np.arange(1, 2001)).run(Policy({})).fired["storm"]
    assert fired.mean() == pytest.approx(0.5, abs=0.04)


def test_contexts_change_what_comes_and_what_counts():
    harbour = model()
    calm, busy = (
        Plays(harbour, 5, np.arange(200), context).run(Policy({})).known["trust"].mean() for context in ("base", "busy")
    )
    assert busy < calm and harbour.contexts["busy"].weights["trust"] == pytest.approx(0.8 / 1.4)


def test_who_breaks_a_hard_limit_fails_whatever_else_was_won():
    free, strict = (
        played(Grid(one, np.zeros((1, len(one.stages)), dtype=int)), 5, 200)
        for one in (model(), model(("target: 50, span: 10", "target: 50, span: 10, limit: 45")))
    )
    broken = free.figures["trust"] < 45
    assert 0 < broken.mean() < 1 and free.score[broken].max() > 40
    assert (strict.score == np.where(broken, np.minimum(free.score, 40), free.score)).all()


def test_a_variable_without_a_value_is_named():
    with pytest.raises(NotFinite, match="`trust` has no finite value in step"):
        Plays(model(("- 0.05 * flaws, 0, 100)", "- 0.05 / (week - 2), 0, 100) / (week - 2)")), 5, np.array([0])).run(
            Policy({})
        )


def test_an_open_turn_is_named():
    with pytest.raises(Undecided):
        ended(model(), 5, "base", LITTLE)
    with pytest.raises(Undecided):
        Plays(model(), 5, np.array([0])).run(Decided({"testing": "nothing-like-it"}))

"""Seeds follow from names."""

from core.seeds import seed_of
from quizzes.seeds import check_seed


def test_seeds_differ_by_learner_lesson_question_and_try_and_fit_their_column():
    seeds = {check_seed(who, lesson, ask, go) for who in (1, 2) for lesson in "ab" for ask in "cd" for go in (1, 2)}
    assert len(seeds) == 16
    assert all(0 <= seed < 2**63 for seed in seeds)
    assert seed_of("a", "b") != seed_of("ab")


def test_a_seed_is_the_same_on_every_machine():
    assert seed_of("check", 7, "try-out/first", "try-out/one", 1) == 2862714368179491762

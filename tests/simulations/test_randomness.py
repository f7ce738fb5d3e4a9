"""Luck stays put: it follows from seed, name, replication and step, and from nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.engine.distributions import binomial, drawn, gamma, normals, poisson
from simulations.engine.randomness import philox, uniforms

ONES = 0xFFFFFFFF
PINNED = [  # steps × replications 0, 1 and 7; a change here would change every run that was ever played
    [0.14263614332778968, 0.45731193709589607, 0.829679789184385],
    [0.16653347934948387, 0.16667503418150537, 0.57225826295715],
    [0.8385965327679548, 0.19555241920912209, 0.24316818868848228],
]
# The known answers that the authors of Philox publish for philox4x32-10 (Random123, kat_vectors).
ANSWERS = [
    ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([ONES] * 4, [ONES] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), ANSWERS)
def test_philox_gives_the_known_answers(counter, key, expected):
    words = philox(tuple(np.array([word], dtype=np.uint64) for word in counter), tuple(np.uint64(k) for k in key))
    assert [int(word[0]) for word in words] == expected


def test_a_table_of_draws_is_pinned():
    table = uniforms(20_261, "project:growth", np.array([0, 1, 7]), 3)
    assert np.allclose(table, PINNED, rtol=0, atol=1e-12)


@settings(max_examples=30)
@given(st.integers(0, 2**40), st.integers(0, 10_000), st.integers(2, 60))
def test_a_number_does_not_depend_on_how_many_are_asked_for(seed, replication, steps):
    many = uniforms(seed, "name", np.arange(replication, replication + 5), steps)
    alone = uniforms(seed, "name", np.array([replication + 3]), steps + 10)
    assert (many[:, 3] == alone[:steps, 0]).all() and (many > 0).all() and (many < 1).all()


def test_names_and_seeds_have_streams_of_their_own():
    one, other, later = (uniforms(seed, name, np.arange(4000), 1)[0] for seed, name in ((1, "a"), (1, "b"), (2, "a")))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05 and abs(np.corrcoef(one, later)[0, 1]) < 0.05


LUCK = uniforms(3, "luck", np.arange(40_000), 1)[0]
BELL = normals(LUCK)


def full(value):
    return np.full_like(LUCK, value)


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 29.0, 31.0, 240.0])
def test_counts_have_the_mean_and_spread_of_poisson(mean):
    counts = poisson(LUCK, BELL, full(mean))
    assert counts.mean() == pytest.approx(mean, rel=0.02, abs=0.01) and counts.var() == pytest.approx(
        mean, rel=0.04, abs=0.02
    )


@pytest.mark.parametrize(("n", "p"), [(0, 0.5), (5, 0.3), (100, 0.9), (2000, 0.01), (500, 0.4), (40, 1.0), (40, 0.0)])
def test_successes_have_the_mean_and_spread_of_the_binomial(n, p):
    counts = binomial(LUCK, BELL, full(n), full(p))
    assert counts.min() >= 0 and counts.max() <= n
    assert counts.mean() == pytest.approx(n * p, rel=0.02, abs=0.02)
    assert counts.var() == pytest.approx(n * p * (1 - p), rel=0.05, abs=0.02)


@pytest.mark.parametrize("shape", [0.7, 1.0, 2.0, 9.0])
def test_gamma_has_its_mean_and_spread(shape):
    values = gamma(LUCK, BELL, full(shape), full(3.0))
    assert values.mean() == pytest.approx(3 * shape, rel=0.03) and values.var() == pytest.approx(9 * shape, rel=0.06)


def test_exponential_quantiles_of_gamma_are_exact():
    assert gamma(LUCK, BELL, full(1.0), full(1.0)) == pytest.approx(-np.log1p(-LUCK), rel=1e-4, abs=1e-5)


def test_poisson_is_the_exact_inverse_where_it_says_so():
    counts = poisson(LUCK[:2000], BELL[:2000], full(3.0)[:2000])
    chance, below = np.exp(-3.0), {}
    total = 0.0
    for k in range(40):
        total += chance
        below[k] = total
        chance *= 3.0 / (k + 1)
    assert all((k == 0 or below[k - 1] < u) and u <= below[k] for u, k in zip(LUCK, counts.astype(int), strict=False))


@pytest.mark.parametrize(
    ("dist", "args", "mean", "sd"),
    [
        ("uniform", {"low": 2, "high": 6}, 4, 4 / 12**0.5),
        ("bernoulli", {"p": 0.25}, 0.25, (0.25 * 0.75) ** 0.5),
        ("normal", {"mean": 5, "sd": 2}, 5, 2),
        ("lognormal", {"mean": 0, "sigma": 0.3}, np.exp(0.045), np.exp(0.045) * np.expm1(0.09) ** 0.5),
        ("triangular", {"low": 0, "mode": 2, "high": 10}, 4, ((0 + 4 + 100 - 0 - 0 - 20) / 18) ** 0.5),
    ],
)
def test_the_other_distributions_have_their_mean_and_spread(dist, args, mean, sd):
    values = drawn(dist, LUCK, BELL, {name: full(value) for name, value in args.items()})
    assert values.mean() == pytest.approx(mean, rel=0.02) and values.std() == pytest.approx(sd, rel=0.02)


def test_one_changed_mean_moves_a_draw_up_and_no_other_draw():
    low, high = (poisson(LUCK, BELL, full(mean)) for mean in (8.0, 9.0))
    assert (high >= low).all() and (high > low).any()

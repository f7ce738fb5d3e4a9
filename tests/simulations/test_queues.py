"""Queues that a scenario plays, beside what queueing theory says of them."""

from math import comb, exp, factorial

import numpy as np
import pytest

from simulations.engine.deciding import Policy
from simulations.engine.model import Model
from simulations.engine.playing import Plays
from tests.simulations.harbour import shape

FROM, TO = 120, 520  # the steps over which one looks on
LONGEST = 60  # of a queue, for the theory


def waiting(noise, queue, waits, plays):
    """Play a queue, and return how many waited in each play, on average over the steps one looks on."""
    text = shape().model_dump()
    text["clock"]["ticks"] = TO
    text["noise"] = noise
    text["phases"] = (
        {
            "id": "service",
            "title": "S",
            "side": "service",
            "planned": TO,
            "until": f"week >= {TO}",
            "flows": {"queue": queue, "worth": f"worth + {waits} * (week > {FROM})"},
        },
    )
    text["state"]["queue"]["max"] = text["state"]["worth"]["max"] = 1e9
    text["stages"] = [one | {"phase": "service", "when": None} for one in text["stages"][:1]]
    text["events"] = ()
    model = Model(type(shape()).model_validate(tuples(text)))
    return Plays(model, 3, np.arange(plays)).run(Policy({})).known["worth"] / (TO - FROM)


def tuples(value):
    if isinstance(value, dict):
        return {name: tuples(one) for name, one in value.items()}
    return tuple(tuples(one) for one in value) if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
def test_one_server_agrees_with_pollaczek_and_khinchine(load):
    """One job a step, Poisson arrivals: load² / (2 (1 - load)) wait on average."""
    arrivals = {"arrivals": {"dist": "poisson", "mean": load}}
    waited = waiting(arrivals, "max(queue + arrivals - 1, 0)", "queue", plays=300)
    assert waited.mean() == pytest.approx(load**2 / (2 * (1 - load)), rel=0.05)


def moves(servers, arriving, done):
    """Return the chances of getting from so many jobs to so many others in one step: some are done, then some arrive."""
    arrivals = [exp(-arriving) * arriving**k / factorial(k) for k in range(LONGEST + 1)]
    table = np.zeros((LONGEST + 1, LONGEST + 1))
    for jobs in range(LONGEST + 1):
        busy = min(jobs, servers)
        for left in range(busy + 1):
            chance = comb(busy, left) * done**left * (1 - done) ** (busy - left)
            for come in range(LONGEST + 1 - jobs + left):
                table[jobs, jobs - left + come] += chance * arrivals[come]
    return table / table.sum(axis=1, keepdims=True)


def expected_waiting(servers, arriving, done):
    """Return how many wait on average over the steps one looks on, beginning with nobody."""
    table, chances, total = moves(servers, arriving, done), np.eye(LONGEST + 1)[0], 0.0
    waits = np.maximum(np.arange(LONGEST + 1) - servers, 0)
    for step in range(1, TO + 1):
        chances = chances @ table
        total += float(chances @ waits) * (step > FROM)
    return total / (TO - FROM)


def erlang_c(servers, offered):
    """Return the chance that somebody who comes has to wait (Erlang, 1917)."""
    all_busy = offered**servers / factorial(servers) * servers / (servers - offered)
    return all_busy / (sum(offered**k / factorial(k) for k in range(servers)) + all_busy)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.6), (2, 0.6), (3, 0.7), (5, 0.75)])
def test_several_servers_agree_with_the_chain_of_markov(servers, load):
    done = 0.2
    arriving = servers * load * done
    noise = {
        "arrivals": {"dist": "poisson", "mean": arriving},
        "served": {"dist": "binomial", "n": f"min(queue, {servers})", "p": done},
    }
    waited = waiting(noise, "queue - served + arrivals", f"max(queue - {servers}, 0)", plays=400)
    error = waited.std() / len(waited) ** 0.5
    assert abs(waited.mean() - expected_waiting(servers, arriving, done)) < 3 * error


@pytest.mark.parametrize(("servers", "load"), [(1, 0.6), (2, 0.6), (3, 0.7), (5, 0.75)])
def test_that_chain_becomes_erlangs_queue_as_its_steps_get_short(servers, load):
    theory = erlang_c(servers, servers * load) * load / (1 - load)
    waits = np.maximum(np.arange(LONGEST + 1) - servers, 0)
    for done, off in ((0.1, 0.1), (0.01, 0.01)):
        long_run = np.linalg.matrix_power(moves(servers, servers * load * done, done), 2**16)[0]
        assert float(long_run @ waits) == pytest.approx(theory, rel=off)

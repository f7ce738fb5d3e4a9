"""Every distribution by its inverse: one uniform number in, one draw out, so that a changed mean moves nothing else.

Counts are exact up to a mean of 30 (the probabilities are added up until they reach the number) and follow the
expansion of Cornish and Fisher above, where it is at most one count away from the exact inverse.
"""

from collections.abc import Callable, Mapping
from math import lgamma
from statistics import NormalDist

import numpy as np

from simulations.engine.arithmetic import Array

EXACT_UP_TO = 30.0
STEPS = 120  # enough for any count with a mean of 30
SERIES, SMALL, LOOK_EVERY = 200, 1e-10, 6
NEWTON = 4
MIRRORED = 0.5
NORMAL = NormalDist()


def normals(uniform: Array) -> Array:
    """Return standard normal numbers for uniform ones."""
    return np.fromiter(map(NORMAL.inv_cdf, uniform.ravel().tolist()), float, uniform.size).reshape(uniform.shape)


def poisson(uniform: Array, normal: Array, mean: Array) -> Array:
    """Return counts with a mean."""
    mean = np.maximum(mean, 0.0)
    counts = np.maximum(np.floor(mean + np.sqrt(mean) * normal + (normal**2 - 1) / 6 + 0.5), 0.0)
    few = mean <= EXACT_UP_TO
    if few.any():
        counts[few] = added_up(uniform[few], np.exp(-mean[few]), lambda k: mean[few] / k)
    return counts


def binomial(uniform: Array, normal: Array, n: Array, p: Array) -> Array:
    """Return how many of n succeed, each with probability p; n is taken as a whole number."""
    n, p = np.maximum(np.floor(n + 0.5), 0.0), np.minimum(np.maximum(p, 0.0), 1.0)
    mirrored = p > MIRRORED
    rare, uniform, normal = (
        np.where(mirrored, *both) for both in ((1 - p, p), (1 - uniform, uniform), (-normal, normal))
    )
    mean, spread = n * rare, np.sqrt(n * rare * (1 - rare))
    counts = np.floor(mean + spread * normal + (1 - 2 * rare) * (normal**2 - 1) / 6 + 0.5)
    few = mean <= EXACT_UP_TO
    if few.any():
        size, odds = n[few], rare[few] / (1 - rare[few])
        counts[few] = added_up(uniform[few], (1 - rare[few]) ** size, lambda k: np.maximum(size - k + 1, 0) / k * odds)
    counts = np.minimum(np.maximum(counts, 0.0), n)
    return np.asarray(np.where(mirrored, n - counts, counts), dtype=float)


def added_up(uniform: Array, first: Array, ratio: Callable[[int], Array]) -> Array:
    """Return the smallest counts whose probabilities, added up, reach the uniform numbers."""
    counts, chance, total = np.zeros_like(uniform), first, first.copy()
    for k in range(1, STEPS):
        short = total < uniform
        if not short.any():
            break
        counts += short
        chance = chance * ratio(k)
        total += chance
    return counts


def gamma(uniform: Array, normal: Array, shape: Array, scale: Array) -> Array:
    """Return gamma numbers: Wilson and Hilferty's approximation, then Newton's steps towards the exact inverse."""
    shape = np.maximum(shape, 1e-6)
    value = np.maximum(shape * (1 - 1 / (9 * shape) + normal / (3 * np.sqrt(shape))) ** 3, shape * 0.01)
    logs = np.vectorize(lgamma, otypes=[float])(shape)
    for _ in range(NEWTON):
        density = np.exp((shape - 1) * np.log(value) - value - logs)
        step = (below(value, shape, logs) - uniform) / np.maximum(density, 1e-300)
        value = np.minimum(np.maximum(value - step, value * 0.2), value * 3.0)
    return np.asarray(value * scale, dtype=float)


def below(value: Array, shape: Array, logs: Array) -> Array:
    """Return how much of a gamma distribution of scale 1 lies below a value, by its series."""
    term = np.exp(shape * np.log(value) - value - logs) / shape
    total = term.copy()
    for k in range(1, SERIES):
        term = term * value / (shape + k)
        total += term
        if k % LOOK_EVERY == 0 and (term < total * SMALL).all():
            break
    return np.asarray(np.minimum(total, 1.0), dtype=float)


def triangular(uniform: Array, low: Array, mode: Array, high: Array) -> Array:
    """Return numbers between two ends that are likeliest at a mode."""
    width = np.maximum(high - low, 1e-300)
    turn = (mode - low) / width
    rising = low + np.sqrt(np.maximum(uniform * width * (mode - low), 0.0))
    falling = high - np.sqrt(np.maximum((1 - uniform) * width * (high - mode), 0.0))
    return np.asarray(np.where(uniform < turn, rising, falling), dtype=float)


def drawn(dist: str, uniform: Array, normal: Array, args: Mapping[str, Array]) -> Array:
    """Return the draws of a named distribution; what it needs stands in ARGUMENTS."""
    match dist:
        case "uniform":
            return args["low"] + (args["high"] - args["low"]) * uniform
        case "bernoulli":
            return np.asarray(uniform < args["p"], dtype=float)
        case "poisson":
            return poisson(uniform, normal, args["mean"])
        case "binomial":
            return binomial(uniform, normal, args["n"], args["p"])
        case "normal":
            return args["mean"] + args["sd"] * normal
        case "lognormal":
            return np.exp(args["mean"] + args["sigma"] * normal)
        case "gamma":
            return gamma(uniform, normal, args["shape"], args["scale"])
    return triangular(uniform, args["low"], args["mode"], args["high"])

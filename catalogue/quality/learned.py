"""A guesser that learns: which looks betrayed the keys of four fifths of a bank, tried on the last fifth.

It sees no stem and no meaning, only what the options look like beside one another. A bank that it cannot learn from gives
nothing away by any mixture of lengths, commas and small words. Conditional logit after McFadden (1974), with a small
ridge; siblings of a family are never on both sides.
"""

from collections.abc import Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from catalogue.quality.cues import ABSOLUTES, HEDGES, WORD, Guess, counted, joints, limit, shared_with_others
from catalogue.questions import Option, Question
from core.seeds import seed_of

Floats = NDArray[np.float64]
FOLDS = 5
FEWEST = 100  # below this a fifth is too small to say anything
RIDGE = 1.0
STEPS = 12  # Newton's method is done long before
DENIALS = frozenset(["no", "not", "without", "nobody", "nothing", "never"])


def looks(question: Question, option: Option) -> list[float]:
    """Return what an option looks like: eleven figures, none of which needs to understand it."""
    text = option.text
    words = WORD.findall(text.lower())
    return [
        float(len(text)),
        float(len(words)),
        fmean(map(len, words)) if words else 0.0,
        float(joints(text)),
        float(counted(text, ABSOLUTES)),
        float(counted(text, HEDGES)),
        float(counted(text, DENIALS)),
        float(shared_with_others(question, option)),
        float(sum(character.isdigit() for character in text)),
        float(sum(character in ";:()–“”" for character in text)),
        float(sum(other.text.split()[:1] == text.split()[:1] for other in question.options)),
    ]


def beside_one_another(question: Question) -> Floats:
    """Return the looks of a question's options, each against the mean of the four, in deviations; shape (options, looks)."""
    found = np.array([looks(question, option) for option in question.options])
    spread = found.std(axis=0)
    centred: Floats = (found - found.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return centred


def learnt(options: Floats, keys: NDArray[np.intp]) -> Floats:
    """Return the weights that make the keys likeliest; `options` is (questions, options, looks)."""
    weights = np.zeros(options.shape[2])
    right = options[np.arange(len(keys)), keys]
    for _ in range(STEPS):
        shares = chances(options, weights)
        expected = np.einsum("qo,qol->ql", shares, options)
        slope = (right - expected).sum(axis=0) - RIDGE * weights
        second = np.einsum("qo,qol,qom->lm", shares, options, options) - expected.T @ expected
        weights = weights + np.linalg.solve(second + RIDGE * np.eye(len(weights)), slope)
    return weights


def chances(options: Floats, weights: Floats) -> Floats:
    """Return how likely each option is to be the key by its looks; shape (questions, options)."""
    scores = options @ weights
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def learned_guess(questions: Sequence[Question]) -> Guess | None:
    """Return what the guesser scores on questions it has not learnt from; nothing where a bank is too small."""
    if len(questions) < FEWEST:
        return None
    options = np.array([beside_one_another(one) for one in questions])
    keys = np.array([next(place for place, option in enumerate(one.options) if option.correct) for one in questions])
    folds = np.array([seed_of("fold", one.family) % FOLDS for one in questions])
    hits = np.concatenate([hits_of(options, keys, folds == fold) for fold in range(FOLDS)])
    return Guess("what it learnt from the looks of other keys", float(hits.mean()), 0.25, limit(0.25, len(questions)))


def hits_of(options: Floats, keys: NDArray[np.intp], held: NDArray[np.bool_]) -> Floats:
    """Return, for the questions held back, the chance that the guesser picks the key; equal options are drawn for."""
    scores = chances(options[held], learnt(options[~held], keys[~held]))
    best = scores >= scores.max(axis=1, keepdims=True) - 1e-12
    picked: Floats = best[np.arange(int(held.sum())), keys[held]] / best.sum(axis=1)
    return picked

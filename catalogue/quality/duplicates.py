"""Pairs of questions that nearly repeat one another."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from catalogue.quality.cues import WORD
from catalogue.questions import Question

RUN = 5  # words
TOO_ALIKE = 0.6  # of the runs of five words of two questions


def runs_of(question: Question) -> frozenset[tuple[str, ...]]:
    """Return every run of five words of a question's stem and key."""
    text = " ".join([question.stem, *(option.text for option in question.options if option.correct)])
    words = WORD.findall(text.lower())
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Return the share of runs that two questions have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 0.0


def near_duplicates(questions: Iterable[Question]) -> Sequence[tuple[str, str, float]]:
    """Return the pairs from different families that nearly repeat one another."""
    held = [(one, runs_of(one)) for one in questions]
    found = [
        (one, other, likeness(runs, more))
        for (one, runs), (other, more) in combinations(held, 2)
        if one.family != other.family
    ]
    return [(one.id, other.id, share) for one, other, share in found if share > TOO_ALIKE]

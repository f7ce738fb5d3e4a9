"""What somebody scores who knows nothing and picks options by their looks (../reference of the limits: docs/quality.md)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from catalogue.questions import Option, Question

WORD = re.compile(r"[a-z0-9]+")
JOINING = "a an and are as at be by for from in is it its of on or that the their they this to was what which who with"
PUSHING = "all always any both completely entirely every exactly must never no none nobody only"
CAREFUL = "can could generally largely likely mainly may might mostly often perhaps possible probably sometimes usually"
SMALL, ABSOLUTES, HEDGES = (frozenset(words.split()) for words in (JOINING, PUSHING, CAREFUL))
SURELY = 2.33  # standard deviations that chance exceeds once in a hundred times
ALLOWANCE = 0.05


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning."""
    return frozenset(WORD.findall(text.lower())) - SMALL


def joints(text: str) -> int:
    """Count commas and joining words."""
    return text.count(",") + len(re.findall(r"\band\b", text))


def counted(text: str, words: frozenset[str]) -> int:
    """Count the words of a list in a text."""
    return sum(word in words for word in WORD.findall(text.lower()))


def shared_with_others(question: Question, option: Option) -> int:
    """Count how often an option's words stand in the other options."""
    own = words_of(option.text)
    return sum(len(own & words_of(other.text)) for other in question.options if other.id != option.id)


def shared_with_stem(question: Question, option: Option) -> int:
    """Count the words that an option takes from the question."""
    return len(words_of(option.text) & words_of(question.stem))


Rule = Callable[[Question, Option], float]
RULES: dict[str, Rule] = {
    "the longest option": lambda question, option: len(option.text),
    "the shortest option": lambda question, option: -len(option.text),
    "the one with most commas and “and”": lambda question, option: joints(option.text),
    "the one that shares most words with the others": shared_with_others,
    "the one that repeats most words of the stem": shared_with_stem,
    "the one that repeats fewest words of the stem": lambda question, option: -shared_with_stem(question, option),
    "the one with fewest words like *always*, *only*, *every*": lambda question, option: (
        -counted(option.text, ABSOLUTES)
    ),
    "the one with most words like *usually*, *may*, *often*": lambda question, option: counted(option.text, HEDGES),
}


@dataclass(frozen=True)
class Guess:
    """What one rule scores on a bank, beside what dice score."""

    rule: str
    share: float  # of the questions, ties split
    chance: float
    limit: float

    @property
    def holds(self) -> bool:
        """Say whether chance explains it."""
        return self.share <= self.limit


def guessable(questions: Iterable[Question]) -> list[Question]:
    """Return the questions with four options and one key; lists that name numbers are left out, their texts say nothing."""
    return [one for one in questions if one.kind == "single" and len(one.options) == 4 and not one.fixed]


def scored(rule: Rule, question: Question) -> float:
    """Return the chance that the rule picks the key; equal options are drawn for."""
    points = {option.id: rule(question, option) for option in question.options}
    best = [option for option in question.options if points[option.id] == max(points.values())]
    return sum(option.correct for option in best) / len(best)


def limit(chance: float, count: int) -> float:
    """Return the share that chance hardly exceeds with so many questions: chance + max(0.05, 2.33·√(p(1−p)/N))."""
    return chance + max(ALLOWANCE, SURELY * sqrt(chance * (1 - chance) / count))


def guesses(questions: Sequence[Question]) -> list[Guess]:
    """Return what every rule scores on the questions that can be guessed."""
    return [
        Guess(name, fmean(scored(rule, one) for one in questions), 0.25, limit(0.25, len(questions)))
        for name, rule in RULES.items()
    ]

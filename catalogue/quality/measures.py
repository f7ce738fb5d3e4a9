"""The other measures of a bank: lengths, places of the key, reasons, levels, domains, readability."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from catalogue.material import Course
from catalogue.quality.cues import ABSOLUTES, WORD, counted, words_of
from catalogue.questions import Question

ALL_OF_THE_ABOVE = re.compile(r"\b(all|none|both) of the (above|others)\b|\bboth [a-d] and [a-d]\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|except|least likely)\b(?=[^.?!]*\?)", re.IGNORECASE)
VOWELS = re.compile(r"[aeiouy]+")
SENTENCES = re.compile(r"[.!?]+")
ONE_IN_A_HUNDRED = 11.345  # χ² with three degrees of freedom


@dataclass(frozen=True)
class Measure:
    """A figure, and what is wanted of it."""

    what: str
    found: str
    wanted: str
    holds: bool


def key_of(question: Question) -> str:
    """Return the text of the right option."""
    return next(option.text for option in question.options if option.correct)


def key_length(questions: Sequence[Question]) -> Measure:
    """Compare the key's length with the mean of its options."""
    shares = [len(key_of(one)) / fmean(len(option.text) for option in one.options) for one in questions]
    mean = fmean(shares)
    return Measure(
        "Length of the key to the mean length of its options", f"{mean:.2f}", "0.95 to 1.05", 0.95 <= mean <= 1.05
    )


def longest_option(questions: Sequence[Question]) -> Measure:
    """Find the option that is furthest above the mean of its question; very short ones do not count."""
    worst = max((outgrowth(one) for one in questions), default=0.0)
    return Measure("The longest option of any question to its mean", f"{worst:.2f}", "1.6 at most", worst <= 1.6)


def outgrowth(question: Question) -> float:
    """Return how much longer than the mean a question's longest option is, or nothing where all are under six words."""
    if all(len(option.text.split()) < 6 for option in question.options):
        return 0.0
    lengths = [len(option.text) for option in question.options]
    return max(lengths) / fmean(lengths)


def places(questions: Sequence[Question]) -> Measure:
    """Test whether the stored places of the key are even (χ², 1 %); pages shuffle them anyway."""
    held = Counter(next(place for place, option in enumerate(one.options) if option.correct) for one in questions)
    each = len(questions) / 4
    test = sum((held[place] - each) ** 2 / each for place in range(4))
    found = ", ".join(str(held[place]) for place in range(4))
    return Measure("Key stored first, second, third, fourth", found, "about the same each", test < ONE_IN_A_HUNDRED)


def absolutes(questions: Sequence[Question]) -> Measure:
    """Compare how often wrong options and keys use words like *always*."""
    wrong = fmean(counted(option.text, ABSOLUTES) for one in questions for option in one.options if not option.correct)
    key = fmean(counted(key_of(one), ABSOLUTES) for one in questions)
    found = f"{wrong:.2f} and {key:.2f} an option"
    even = wrong <= 1.5 * key or (wrong - key) * len(questions) < 4  # a handful more proves nothing
    return Measure("Words like *always* in wrong options and in keys", found, "1.5 times as often at most", even)


def catch_alls(questions: Iterable[Question]) -> Measure:
    """Count options such as “all of the above”."""
    count = sum(bool(ALL_OF_THE_ABOVE.search(option.text)) for one in questions for option in one.options)
    return Measure("“All of the above”, “none of the above”, “both A and B”", str(count), "0", count == 0)


def negatives(questions: Sequence[Question]) -> Measure:
    """Count the questions that ask for what is not so."""
    count = sum(bool(NEGATIVE.search(one.stem)) for one in questions)
    return Measure("Questions that ask for what is *not* so", str(count), "5 % at most", count <= 0.05 * len(questions))


def named_misconceptions(questions: Iterable[Question]) -> Measure:
    """Count the wrong options that name the misconception they stand for."""
    wrong = [option for one in questions for option in one.options if not option.correct]
    named = sum(option.misconception is not None for option in wrong)
    return Measure(
        "Wrong options that name a misconception", f"{named} of {len(wrong)}", "90 %", named >= 0.9 * len(wrong)
    )


def own_reasons(questions: Sequence[Question]) -> Measure:
    """Count the keys whose reason says more than the key."""
    told = sum(repeated(one) < 0.6 for one in questions)
    found = f"{told} of {len(questions)}"
    return Measure(
        "Keys whose reason shares under 60 % of its words with the key", found, "all", told == len(questions)
    )


def repeated(question: Question) -> float:
    """Return the share of the words of a key's reason that stand in the key as well."""
    key = next(option for option in question.options if option.correct)
    reason = words_of(key.why_html.striptags())
    return len(reason & words_of(key.text)) / len(reason) if reason else 1.0


def stems(questions: Sequence[Question]) -> Measure:
    """Say how long the questions are."""
    lengths = [len(one.stem.split()) for one in questions]
    late = quantiles(lengths, n=20)[-1] if len(lengths) > 1 else lengths[0]
    found = f"{median(lengths):.0f} and {late:.0f} words"
    return Measure(
        "Stem, median and 95th of a hundred", found, "12 to 45, at most 70", 12 <= median(lengths) <= 45 and late <= 70
    )


def reading_grade(questions: Sequence[Question]) -> Measure:
    """Say how many years of school the median question asks for (Flesch and Kincaid, 1975)."""
    grade = median(grade_of(one.stem) for one in questions)
    return Measure("Reading grade of the stems, median", f"{grade:.1f}", "11 at most", grade <= 11)


def grade_of(text: str) -> float:
    """Return the grade: 0.39 words a sentence + 11.8 syllables a word − 15.59; syllables are counted by groups of vowels."""
    words = WORD.findall(text.lower())
    sentences = max(1, len([part for part in SENTENCES.split(text) if part.strip()]))
    syllables = sum(max(1, len(VOWELS.findall(word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59


@dataclass(frozen=True)
class Mix:
    """How many questions there are of each level, kind or domain."""

    title: str
    counts: Mapping[str, int]
    wanted: Mapping[str, float]  # percent, where something is wanted


def mixes(course: Course) -> list[Mix]:
    """Count levels, kinds and domains."""
    asked = list(course.questions.values())
    titles = {domain.id: domain.title for domain in course.domains}
    domain = {name: titles[objective.domain] for name, objective in course.objectives.items()}
    return [
        Mix("Level", tally([one.level.capitalize() for one in asked]), {}),
        Mix("Kind", tally([one.kind.capitalize() for one in asked]), {}),
        Mix(
            "Domain", tally([domain[one.objective] for one in asked]), {one.title: one.weight for one in course.domains}
        ),
    ]


def tally(names: Iterable[str]) -> dict[str, int]:
    """Count names, the most frequent first."""
    return dict(Counter(names).most_common())


SINGLES = (key_length, longest_option, places, absolutes, catch_alls, negatives, named_misconceptions, own_reasons)


def measures(singles: Sequence[Question], asked: Sequence[Question]) -> list[Measure]:
    """Return every measure: of the guessable singles, and of all questions."""
    return [*(measure(singles) for measure in SINGLES), stems(asked), reading_grade(asked)]

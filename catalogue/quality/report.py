"""The quality of a course's questions as a page, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.material import Course
from catalogue.quality.cues import Guess, guessable, guesses
from catalogue.quality.duplicates import near_duplicates
from catalogue.quality.learned import learned_guess
from catalogue.quality.lessons import LessonFacts, lesson_facts, lesson_table, lessons_grade
from catalogue.quality.measures import Measure, Mix, measures, mixes
from core.wording import plural


@dataclass(frozen=True)
class Quality:
    """What was measured of a course."""

    course: Course
    singles: int
    guesses: Sequence[Guess]
    measures: Sequence[Measure]
    mixes: Sequence[Mix]
    lessons: Sequence[LessonFacts] = ()

    @property
    def broken(self) -> list[str]:
        """Name what does not hold."""
        rules = [f"always choosing {guess.rule}" for guess in self.guesses if not guess.holds]
        return rules + [measure.what for measure in self.measures if not measure.holds]


def quality_of(course: Course) -> Quality:
    """Measure a course; one without questions that can be guessed has nothing to measure."""
    asked = [one for one in course.questions.values() if not one.sorter]
    singles = guessable(asked)
    facts = lesson_facts(course)
    reading = [lessons_grade(facts)] if facts else []
    if not singles:
        return Quality(course, 0, [], reading, mixes(course), facts)
    learner = [guess] if (guess := learned_guess(singles)) else []
    alike = near_duplicates(asked)
    named = "; ".join(f"{one} and {other}" for one, other, _ in alike) or "0"
    repeats = Measure("Pairs of questions that nearly repeat one another", named, "0", not alike)
    found = [*guesses(singles), *learner]
    return Quality(course, len(singles), found, [*measures(singles, asked), repeats, *reading], mixes(course), facts)


def page(quality: Quality) -> str:
    """Write the figures of one course in Markdown."""
    course = quality.course
    families = plural(len(course.families), "family", "families")
    lines = [f"## {course.title}", "", f"{plural(len(course.questions), 'question')} in {families}."]
    if quality.singles:
        lines += ["", *guessing_table(quality), "", *measure_table(quality.measures)]
    for mix in quality.mixes:
        lines += ["", *mix_table(mix)]
    if quality.lessons:
        lines += ["", *lesson_table(quality.lessons)]
    return "\n".join(lines) + "\n"


def guessing_table(quality: Quality) -> list[str]:
    """Write what the rules score."""
    said = f"Over {plural(quality.singles, 'question')} with four options and one key. Ties are split."
    head = ["| Always choose … | Right | Chance | Limit | |", "|---|---|---|---|---|"]
    return [said, "", *head, *(guess_row(guess) for guess in quality.guesses)]


def guess_row(guess: Guess) -> str:
    """Write one rule."""
    figures = " | ".join(f"{100 * share:.0f} %" for share in (guess.share, guess.chance, guess.limit))
    return f"| {guess.rule} | {figures} | {'holds' if guess.holds else '**broken**'} |"


def measure_table(found: Sequence[Measure]) -> list[str]:
    """Write the other measures."""
    rows = [f"| {one.what} | {one.found} | {one.wanted} | {'holds' if one.holds else '**broken**'} |" for one in found]
    return ["| Also | Found | Wanted | |", "|---|---|---|---|", *rows]


def mix_table(mix: Mix) -> list[str]:
    """Write how many there are of each."""
    total = sum(mix.counts.values()) or 1
    aims = bool(mix.wanted)
    head = [
        f"| {mix.title} | Questions | Share |{' Weight |' if aims else ''}",
        "|---|---|---|" + ("---|" if aims else ""),
    ]
    names = [*mix.counts, *(name for name in mix.wanted if name not in mix.counts)]
    return [*head, *(mix_row(mix, name, total) for name in names)]


def mix_row(mix: Mix, name: str, total: int) -> str:
    """Write one line of a mix."""
    count = mix.counts.get(name, 0)
    weight = f" {mix.wanted[name]:g} % |" if name in mix.wanted else ""
    return f"| {name} | {count} | {100 * count / total:.0f} % |{weight}"

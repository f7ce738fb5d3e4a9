"""What must hold within a mock exam."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from catalogue.checks.found import Found
from catalogue.schema.exam import ExamShape


def exam_problems(exam: ExamShape) -> Iterator[Found]:
    """Return everything that is wrong with an exam in itself."""
    held = sum(section.questions for section in exam.sections)
    if held != exam.questions:
        yield Found(
            ("sections",), f"The sections hold {held} questions and the exam {exam.questions}; make the two agree."
        )
    if exam.unscored >= exam.questions:
        yield Found(("unscored",), "Some questions have to count.")
    if exam.passing is not None and exam.passing > exam.questions - exam.unscored:
        yield Found(("pass",), "More right answers are asked for than there are questions that count.")
    if exam.passing is None and not exam.bands:
        yield Found(("pass",), "Where the owner publishes no pass mark, `bands` say what a result means.")
    for index, pause in enumerate(exam.breaks):
        if pause.after >= len(exam.sections):
            yield Found(
                ("breaks", index),
                f"There are {len(exam.sections)} sections; a break stands after one that another follows.",
            )
    for name, mix in (("levels", exam.levels), ("approaches", exam.approaches)):
        if mix and sum(mix.values()) != 100:
            yield Found((name,), f"These percentages add up to {sum(mix.values())}; they have to make 100.")


def shares(weights: Mapping[str, float], total: int) -> dict[str, int]:
    """Divide a number of questions by weight, exactly, by largest remainder; ties go to what is listed first."""
    exact = {name: Fraction(str(weight)) for name, weight in weights.items()}
    whole = sum(exact.values()) or 1
    counts = {name: int(total * weight / whole) for name, weight in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - total * exact[name] / whole)
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts

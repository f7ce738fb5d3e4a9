"""What the progress page says about one learner, put together from what the queries brought."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.catalogue import Catalogue
from catalogue.material import Course, Domain, Module, Objective
from core.wording import plural
from progress.evidence import NEEDED, Evidence, amount, wilson_range
from progress.next_steps import MOST_STEPS, NextStep, next_steps
from progress.queries import AnswersGiven, StudyState

SURENESS = (("guess", "a guess"), ("fairly-sure", "fairly sure"), ("sure", "sure"))
EXPECTED = {
    "a guess": (25, 50),
    "fairly sure": (50, 85),
    "sure": (85, 100),
}  # percent right that the words promise; ours
FEW = 10  # answers of one degree of sureness below which a share would say more than is known


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective with its evidence."""

    objective: Objective
    evidence: Evidence


@dataclass(frozen=True)
class DomainRow:
    """One domain with its objectives and the evidence of all of them."""

    domain: Domain
    objectives: tuple[ObjectiveRow, ...]

    @property
    def evidence(self) -> Evidence:
        """Add up the evidence of the objectives."""
        return sum((row.evidence for row in self.objectives), Evidence())


@dataclass(frozen=True)
class CourseRow:
    """One course that is taken, with how far one has come in it."""

    course: Course
    state: StudyState
    domains: tuple[DomainRow, ...]
    steps: tuple[NextStep, ...]

    @property
    def url(self) -> str:
        """Where the course is found."""
        return f"/courses/{self.course.id}"

    @property
    def done(self) -> int:
        """Count the lessons that are complete."""
        return sum(self.state.completed(lesson.id) for lesson in self.course.lessons)

    @property
    def total(self) -> int:
        """Count the lessons."""
        return len(self.course.lessons)

    @property
    def modules(self) -> list[tuple[str, str]]:
        """Say of each module how many of its lessons are complete."""
        return [(module.title, self.done_of(module)) for module in self.course.modules if module.lessons]

    def done_of(self, module: Module) -> str:
        """Say how many of a module's lessons are complete."""
        return f"{sum(self.state.completed(lesson.id) for lesson in module.lessons)} of {len(module.lessons)}"

    @property
    def evidence(self) -> Evidence:
        """Add up the evidence of the domains."""
        return sum((row.evidence for row in self.domains), Evidence())

    @property
    def thinnest(self) -> DomainRow | None:
        """The domain that is furthest from a first verdict, when there is one."""
        short = [row for row in self.domains if row.evidence.answers < NEEDED]
        return min(short, key=lambda row: row.evidence.answers, default=None)


@dataclass(frozen=True)
class SurenessRow:
    """How often one degree of sureness was right."""

    words: str
    evidence: Evidence

    @property
    def right(self) -> str:
        """Say how many were right, as a count."""
        return amount(self.evidence.right)

    @property
    def is_told(self) -> bool:
        """Say whether there are enough answers to give a share."""
        return self.evidence.answers >= FEW

    @property
    def percent(self) -> int:
        """Return how many in a hundred were right."""
        return round(100 * self.evidence.right / self.evidence.answers)

    @property
    def range(self) -> tuple[int, int]:
        """Return the percentages between which the true share lies four times in five."""
        low, high = wilson_range(self.evidence.right, self.evidence.answers)
        return round(100 * low), round(100 * high)

    @property
    def expected(self) -> tuple[int, int]:
        """Return the percentages that the words promise."""
        return EXPECTED[self.words]

    @property
    def spoken(self) -> str:
        """Say the row in a sentence."""
        if not self.is_told:
            return f"Said to be {self.words}: too few to tell."
        low, high = self.range
        return f"Said to be {self.words}: {self.percent} % right, likely {low} to {high} %."


@dataclass(frozen=True)
class Overview:
    """Everything that the page shows besides the calendar."""

    courses: tuple[CourseRow, ...]
    sureness: tuple[SurenessRow, ...]

    @property
    def answers(self) -> int:
        """Count the first answers in the courses that are taken."""
        return sum(row.evidence.answers for row in self.courses)

    @property
    def steps(self) -> list[NextStep]:
        """What to do next over all courses, the one opened last first."""
        return [step for row in self.courses for step in row.steps][:MOST_STEPS]


def overview(
    catalogue: Catalogue,
    studies: Mapping[str, StudyState],
    evidence: Mapping[tuple[str, str], Evidence],
    given: AnswersGiven,
) -> Overview:
    """Put the page's contents together; a course that was withdrawn is left out, and what was done in it is kept."""
    taken = [(catalogue.courses[name], state) for name, state in studies.items() if name in catalogue.courses]
    rows = tuple(course_row(course, state, evidence, given) for course, state in taken)
    return Overview(rows, sureness_rows(given))


def course_row(
    course: Course, state: StudyState, evidence: Mapping[tuple[str, str], Evidence], given: AnswersGiven
) -> CourseRow:
    """Return one course's row."""

    def objective_row(objective: Objective) -> ObjectiveRow:
        return ObjectiveRow(objective, evidence.get((course.id, objective.id), Evidence()))

    domains = tuple(DomainRow(domain, tuple(map(objective_row, domain.objectives))) for domain in course.domains)
    return CourseRow(course, state, domains, tuple(next_steps(course, state, given.checks)))


def sureness_rows(given: AnswersGiven) -> tuple[SurenessRow, ...]:
    """Return the degrees of sureness that were ever stated, the least sure first."""
    return tuple(SurenessRow(words, given.sureness[name]) for name, words in SURENESS if name in given.sureness)


def sureness_sentence(rows: tuple[SurenessRow, ...]) -> str:
    """Say what the table of sureness shows; no more than its counts as long as they are small."""
    sure = next((row for row in rows if row.words == "sure"), None)
    if sure is None:
        return "No answer was called sure yet."
    if sure.evidence.answers < FEW:
        return (
            f"Of {plural(sure.evidence.answers, 'answer')} called sure, {sure.right} came out right: too few to tell."
        )
    share = round(100 * sure.evidence.right / sure.evidence.answers)
    return f"Answers called sure were right {share} times in 100, over {sure.evidence.answers} of them."


def lessons_in_words(done: int, total: int) -> str:
    """Say how many lessons are complete."""
    if not done:
        return "No lesson complete yet"
    return (
        f"All {plural(total, 'lesson')} complete" if done == total else f"{done} of {plural(total, 'lesson')} complete"
    )


def finding(page: Overview) -> str:
    """Say in one line what the page shows; it is the page's title."""
    if not page.courses:
        return "Progress begins with a first lesson"
    row = page.courses[0]
    lessons = lessons_in_words(row.done, row.total)
    if not page.answers:
        return f"{lessons}, and no checks answered yet"
    if row.thinnest is None:
        return f"{lessons}, and every domain has its first {NEEDED} answers"
    return f"{lessons}; “{row.thinnest.domain.title}” needs answers most"

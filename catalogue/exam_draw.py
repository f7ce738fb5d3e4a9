"""Draws the questions of one sitting of an exam: by blueprint, by seed, and as far as can be without a repetition."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from random import Random

from catalogue.case_draw import choose_cases
from catalogue.checks.exams import shares
from catalogue.material import Course
from catalogue.questions import Question
from catalogue.schema.exam import ExamShape

EITHER = "adaptive_or_hybrid"
LENIENCE = ((False, False), (False, True), (True, False), (True, True))  # siblings, what the last sitting showed


class TooFew(ValueError):
    """The banks cannot fill the exam; the text is a sentence for the person who wanted to sit it."""


@dataclass(frozen=True)
class History:
    """What a learner has seen: by question the number of the exam sitting that showed it last, and what lessons ask."""

    sittings: Mapping[str, int] = field(default_factory=dict)  # course/id: 1 for the first sitting, and so on
    in_checks: frozenset[str] = frozenset()

    @cached_property
    def last(self) -> int:
        """Return the number of the last sitting."""
        return max(self.sittings.values(), default=0)


@dataclass(frozen=True)
class Drawn:
    """The questions of one sitting, section by section, in the order they are asked."""

    sections: tuple[tuple[Question, ...], ...]
    unscored: frozenset[str]  # course/id
    reached: Mapping[str, Mapping[str, int]]  # how many questions of each domain, level and approach

    @property
    def questions(self) -> list[Question]:
        """Return all questions in order."""
        return [question for section in self.sections for question in section]


def draw_exam(course: Course, exam: ExamShape, history: History, seed: int) -> Drawn:
    """Draw one sitting; raise TooFew where the banks cannot fill it."""
    draw = Draw(course, exam, history, Random(seed))  # noqa: S311  # fair and reproducible; the seed is no secret
    sections = draw.sections()
    asked = [question for section in sections for question in section]
    unscored = draw.chance.sample([question.ref for question in asked], exam.unscored)
    return Drawn(sections, frozenset(unscored), draw.reached(asked))


class Draw:
    """One draw in the making."""

    def __init__(self, course: Course, exam: ExamShape, history: History, chance: Random) -> None:
        self.course, self.exam, self.history, self.chance = course, exam, history, chance
        self.domains = {o.id: o.domain for o in course.objectives.values()}
        self.taken: set[str] = set()
        self.families: Counter[str] = Counter()
        self.objectives: Counter[str] = Counter()
        self.levels: Counter[str] = Counter()
        self.approaches: Counter[str] = Counter()
        self.dice = {question.ref: chance.random() for question in course.questions.values()}
        self.ranks = {question.ref: self.rank(question) for question in course.questions.values()}
        self.pools = self.by_objective()  # of what can still be taken
        self.turns = {name: self.dice[pool[0].ref] for name, pool in self.pools.items()}

    def by_objective(self) -> dict[str, list[Question]]:
        """Return the questions without a case by objective, those that are to come first at the front."""
        pools: dict[str, list[Question]] = defaultdict(list)
        for question in sorted(self.course.questions.values(), key=lambda one: self.ranks[one.ref]):
            if question.shape.case is None:
                pools[question.objective].append(question)
        return pools

    def rank(self, question: Question) -> tuple[bool, bool, int, float]:
        """Put what the last sitting showed at the end, what a lesson asks before it, and else what was seen longest ago first."""
        seen = self.history.sittings.get(question.ref, 0)
        just_seen = seen > 0 and seen == self.history.last
        return just_seen, question.ref in self.history.in_checks, seen, self.dice[question.ref]

    def sections(self) -> tuple[tuple[Question, ...], ...]:
        """Fill every section: cases first, since they come whole, then what is missing by blueprint."""
        shapes = self.exam.sections
        cases = {number: self.cases_for(shape.questions) for number, shape in enumerate(shapes) if shape.cases}
        in_cases = [question for blocks in cases.values() for block in blocks for question in block]
        single = self.by_blueprint(self.exam.questions - len(in_cases), in_cases)
        self.chance.shuffle(single)
        return tuple(
            tuple(self.filled(cases.get(number, []), shape.questions, single)) for number, shape in enumerate(shapes)
        )

    def filled(self, blocks: list[list[Question]], wanted: int, single: list[Question]) -> Iterable[Question]:
        """Return one section: its cases, and single questions up to its number, taken from the stack."""
        for block in blocks:
            yield from block
        for _ in range(wanted - sum(map(len, blocks))):
            yield single.pop()

    def cases_for(self, wanted: int) -> list[list[Question]]:
        """Take whole cases that fill a section as far as they can."""
        cases: dict[str, list[Question]] = defaultdict(list)
        for question in self.course.questions.values():
            if question.shape.case and question.ref not in self.taken:
                cases[f"{question.path}#{question.shape.case}"].append(question)
        ranked = sorted(cases.values(), key=lambda block: max(self.ranks[one.ref] for one in block))
        chosen = choose_cases(ranked, wanted)
        for question in (question for block in chosen for question in block):
            self.take(question)
        return chosen

    def by_blueprint(self, count: int, before: Sequence[Question]) -> list[Question]:
        """Return single questions, so that together with the cases every domain has its exact share where the banks allow."""
        wanted = shares({domain.id: domain.weight for domain in self.course.domains}, self.exam.questions)
        have = Counter(self.domains[question.objective] for question in before)
        found: list[Question] = []
        for domain in self.course.domains:
            names = [objective.id for objective in domain.objectives]
            found += self.several(names, min(count - len(found), max(0, wanted[domain.id] - have[domain.id])))
        found += self.several(list(self.course.objectives), count - len(found))
        if len(found) < count:
            raise TooFew(
                f"This exam has {self.exam.questions} questions, and its banks hold {len(self.course.questions)} that fit."
            )
        return found

    def several(self, objectives: list[str], count: int) -> list[Question]:
        """Take questions of some objectives, each before any a second time; return fewer when there are no more."""
        found: list[Question] = []
        while len(found) < count and (question := self.next_of(objectives)):
            self.take(question)
            found.append(question)
        return found

    def next_of(self, objectives: list[str]) -> Question | None:
        """Return the next question, of the objective that has fewest.

        What the last sitting showed, and then siblings of what was taken, come only where there is nothing else.
        """
        in_turn = sorted(objectives, key=lambda name: (self.objectives[name], self.dice_of(name)))
        for siblings, again in LENIENCE:
            for name in in_turn:
                if best := self.best(name, siblings, again):
                    return best
        return None

    def dice_of(self, objective: str) -> float:
        """Return a number by which objectives that have equally many are taken in turn."""
        return self.turns.get(objective, 1.0)

    def best(self, objective: str, siblings: bool, again: bool) -> Question | None:
        """Return the question of an objective that comes first; among equals the one whose level and approach are short."""
        free: Iterable[Question] = (one for one in self.pools[objective] if self.is_free(one, siblings, again))
        if siblings:  # without them every family counts 0, and the pool is in this order as it stands
            free = sorted(free, key=self.place)
        _, equals = next(groupby(free, key=self.place), (None, ()))
        if not equals:
            return None
        return max(equals, key=lambda one: (self.need(one), self.dice[one.ref]))

    def is_free(self, question: Question, siblings: bool, again: bool) -> bool:
        """Say whether a question can be taken, siblings of others and what the last sitting showed let in or not."""
        return (siblings or question.family not in self.families) and (again or not self.ranks[question.ref][0])

    def place(self, question: Question) -> tuple[int, bool, bool, int]:
        """Return where a question comes, chance left out: one whose family is asked less often first."""
        just_seen, in_check, seen, _ = self.ranks[question.ref]
        return self.families[question.family], just_seen, in_check, seen

    def need(self, question: Question) -> float:
        """Return how far the level and the approach of a question are below what the exam wants, in questions."""
        level = (self.exam.levels or {}).get(question.shape.level, 0) * self.exam.questions / 100
        need = level - self.levels[question.level] if self.exam.levels else 0.0
        if self.exam.approaches and question.approach:
            name = approach_of(question, self.exam)
            wanted = self.exam.approaches.get(name, 0) * self.exam.questions / 100  # type: ignore[call-overload]
            need += wanted - self.approaches[name]
        return need

    def take(self, question: Question) -> None:
        """Take a question, and count what it brings."""
        self.taken.add(question.ref)
        if question.shape.case is None:
            self.pools[question.objective].remove(question)
        self.families[question.family] += 1
        self.objectives[question.objective] += 1
        self.levels[question.level] += 1
        self.approaches[approach_of(question, self.exam)] += 1

    def reached(self, asked: list[Question]) -> dict[str, dict[str, int]]:
        """Count what was drawn by domain, level and approach."""
        return {
            "domains": dict(Counter(self.domains[one.objective] for one in asked)),
            "levels": dict(Counter(one.level for one in asked)),
            "approaches": dict(Counter(one.approach for one in asked if one.approach)),
        }


def approach_of(question: Question, exam: ExamShape) -> str:
    """Return the name under which an exam counts the approach of a question."""
    joined = exam.approaches is not None and EITHER in exam.approaches
    return EITHER if joined and question.approach in ("adaptive", "hybrid") else question.approach or ""

"""What a correction would change, before anything is changed; and what it has changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.catalogue import Catalogue
from catalogue.documents import question_at
from catalogue.questions import Question
from core.errors import Refused
from quizzes.regrades.queries import Finished, finished_answers, scores_of
from quizzes.regrades.remarking import Remark, remark
from quizzes.sittings.plans import plan_of

TAKEN_BACK = "This question has been taken back, so its answers cannot be marked anew."


@dataclass(frozen=True)
class Correction:
    """A question as it was shown, and as it stands now."""

    digest: str  # as it was shown
    older: Question | None
    newer: Question
    revision: int  # of the newer one's bank

    @property
    def ref(self) -> str:
        """Return the question's id across courses."""
        return self.newer.ref

    def remark(self, answer: Finished) -> Remark:
        """Mark an answer by the newer form."""
        return remark(answer.steps, self.older, self.newer, answer.item.seed, in_exam=answer.in_exam)

    def is_done(self, answer: Finished) -> bool:
        """Say whether an answer is marked by the newer form already."""
        return answer.marked_by == self.newer.digest


@dataclass(frozen=True)
class Moves:
    """How many marks go up, go down, and stay."""

    up: int
    down: int
    same: int

    @property
    def total(self) -> int:
        """Count them all."""
        return self.up + self.down + self.same


@dataclass(frozen=True)
class Preview:
    """What a regrade would change, what it cannot, and what earlier runs have changed."""

    moves: Moves
    to_pass: int  # sittings that come to the pass mark
    to_fail: int  # sittings that no longer reach it
    refused: Sequence[tuple[str, int]]  # why, and how many
    done: Moves
    done_at: datetime | None


def correction_of(ref: str, digest: str, catalogue: Catalogue, answers: Sequence[Finished] | None = None) -> Correction:
    """Return what became of a question that was shown with this digest."""
    newer = catalogue.question(ref)
    if newer is None:
        raise Refused(TAKEN_BACK, 404)
    held = finished_answers(ref, digest) if answers is None else answers
    return Correction(digest, older_form(ref, digest, held, catalogue), newer, catalogue.revision_of(newer) or 0)


def older_form(ref: str, digest: str, answers: Iterable[Finished], catalogue: Catalogue) -> Question | None:
    """Return the question as it was shown, from the first of its revisions that can still be read."""
    for revision in dict.fromkeys(one.item.revision for one in answers):
        found = question_at(revision, ref, catalogue)
        if found is not None and found.digest == digest:
            return found
    return None


def regrade_preview(correction: Correction, answers: Sequence[Finished]) -> Preview:
    """Say what regrading these answers would change, in one statement more."""
    waiting = [(one, correction.remark(one)) for one in answers if not correction.is_done(one)]
    told = [(one, found.mark) for one, found in waiting if found.mark is not None]
    done = [one for one in answers if correction.is_done(one) and len(one.steps) > 1]
    to_pass, to_fail = crossings(told)
    return Preview(
        moves=moves((one.mark, mark) for one, mark in told),
        to_pass=to_pass,
        to_fail=to_fail,
        refused=Counter(found.why_not for _, found in waiting if found.why_not).most_common(),
        done=moves((one.steps[-2].mark or 0.0, one.mark) for one in done),
        done_at=max((one.steps[-1].taken_at for one in done), default=None),
    )


def moves(marks: Iterable[tuple[float, float]]) -> Moves:
    """Count how marks move from before to after."""
    signs = Counter((after > before) - (after < before) for before, after in marks)
    return Moves(signs[1], signs[-1], signs[0])


def crossings(told: Sequence[tuple[Finished, float]]) -> tuple[int, int]:
    """Count the sittings that come to the pass mark, and those that no longer reach it."""
    sat = {one.attempt.id: one.attempt for one, _ in told if one.attempt.submitted_at is not None}
    passing = {number: plan_of(attempt.plan).passing for number, attempt in sat.items()}
    scores = scores_of(number for number, needed in passing.items() if needed is not None)
    after = dict(scores)
    for one, mark in told:
        if one.attempt.id in after and one.item.scored:
            after[one.attempt.id] += mark - one.mark
    reached = [(scores[number] >= (passing[number] or 0), after[number] >= (passing[number] or 0)) for number in scores]
    return reached.count((False, True)), reached.count((True, False))

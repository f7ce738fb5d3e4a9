"""The served figures: the lesson page and saving an answer beside their references, waiting times, memory, weight."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench.client import Failed, hammer, paced, warm
from bench.compared import (
    decision_errand,
    exam_errand,
    finish_errands,
    lesson_errand,
    plain_decision_errand,
    plain_errand,
    plain_question_errand,
    prepare_reference,
    question_errand,
    save_errand,
)
from bench.effort import Effort, say
from bench.errands import Errand
from bench.figures import Aim, Figure, measured, said
from bench.house import House, build_house, kept, scratch
from bench.learners import COURSE
from bench.references import steps
from bench.servers import Server, memory_of, processor_seconds, serving
from bench.weight import weigh
from core.clock import now
from core.database import open_sqlite

PAGE_AIM, SAVE_AIM, CHECK_AIM = Aim(0.7, least=True), Aim(0.6, least=True), Aim(0.4, least=True)
WAIT_AIM = Aim(50, "ms")
PLAIN_AGAIN = 100_001  # the reference numbers its answers on, behind those of the measurement before
SECOND_LESSON = "measuring-a-service"


@dataclass
class Side:
    """One of the two that are compared: an errand at a server."""

    errand: Errand
    server: Server
    folder: Path

    def round(self, seconds: float) -> tuple[float, float]:
        """Return requests a second, and milliseconds of processor time that each took the server."""
        before = processor_seconds(self.server)
        outcome = hammer(self.errand, self.server.port, seconds, self.folder)
        return outcome.rate, (processor_seconds(self.server) - before) * 1000 / outcome.requests


@dataclass
class Scene:
    """Product and reference, both served."""

    house: House
    effort: Effort
    product: Server
    reference: Server


@contextmanager
def scene(effort: Effort) -> Iterator[Scene]:
    """Build a house, serve it, and serve the references beside it."""
    with scratch() as folder:
        say(f"{effort.learners} learners move in, with their history")
        house = build_house(folder, effort.learners, in_exam=True)
        with serving("app:create_app", house.environment(), folder) as product:
            warm(lesson_errand(house), product.port)
            told = prepare_reference(house, product.port)
            with serving("bench.references:create_app", told, folder) as reference:
                warm(Errand("GET", "/lesson", house.visitors), reference.port)
                yield Scene(house, effort, product, reference)


def take_turns(ours: Side, theirs: Side, effort: Effort) -> list["Round"]:
    """Measure the two in turns, so that a busy machine is busy for both."""
    return [(ours.round(effort.seconds), theirs.round(effort.seconds)) for _ in range(effort.rounds)]


def beside(
    what: str, unit: str, ours: Side, theirs: Side, effort: Effort, aim: Aim, ceiling: str
) -> tuple[list[Figure], float]:
    """Return the figures of a comparison, and the product's requests a second."""
    return compared(what, unit, take_turns(ours, theirs, effort), aim, ceiling)


Round = tuple[tuple[float, float], tuple[float, float]]


def compared(what: str, unit: str, rounds: list[Round], aim: Aim, ceiling: str) -> tuple[list[Figure], float]:
    """Return the figures of the rounds of a comparison, and the product's requests a second."""
    rate, plain = (median(one[side][0] for one in rounds) for side in (0, 1))
    cost, plain_cost = (median(one[side][1] for one in rounds) for side in (0, 1))
    ratio = median(mine[0] / other[0] for mine, other in rounds)
    return [
        Figure(f"{what}, ratio to its reference", said(ratio), aim=aim, weighed=ratio),
        Figure(what, said(rate, unit), said(plain, unit), ceiling),
        Figure(f"{what}, processor time", said(cost, "ms"), said(plain_cost, "ms")),
    ], rate


def page_figures(scene: Scene) -> tuple[list[Figure], float]:
    """Compare the signed-in lesson page."""
    say("the lesson page takes turns with its reference")
    ours = Side(lesson_errand(scene.house), scene.product, scene.house.folder)
    theirs = Side(Errand("GET", "/lesson", scene.house.visitors), scene.reference, scene.house.folder)
    bare = hammer(
        Errand("GET", "/bare", scene.house.visitors), scene.reference.port, scene.effort.seconds, scene.house.folder
    ).rate
    return beside("Signed-in lesson page", "pages/s", ours, theirs, scene.effort, PAGE_AIM, said(bare, "pages/s"))


def saving_figures(scene: Scene) -> tuple[list[Figure], float]:
    """Compare saving an answer; every save that was acknowledged must be in the database."""
    say("saving an answer takes turns with its reference")
    ours = Side(save_errand(scene.house), scene.product, scene.house.folder)
    theirs = Side(plain_errand(scene.house), scene.reference, scene.house.folder)
    commits = commits_a_second(scene.house.folder)
    before, began = kept(scene.house), ours.errand.sent
    figures, rate = beside(
        "Saving an answer", "answers/s", ours, theirs, scene.effort, SAVE_AIM, said(commits, "commits/s")
    )
    refuse_lost(before, ours.errand.sent - began, scene.house)
    return figures, rate


def exam_figures(scene: Scene) -> list[Figure]:
    """Compare a question in the middle of an exam of 180, its page and the saving of its answer."""
    say("a question of a long exam takes turns with its reference")
    folder, effort = scene.house.folder, scene.effort
    page = Side(question_errand(scene.house), scene.product, folder)
    plain_page = Side(plain_question_errand(scene.house), scene.reference, folder)
    figures, _ = beside("Question page of an exam of 180", "pages/s", page, plain_page, effort, PAGE_AIM, "")
    say("saving in a long exam takes turns with its reference")
    saves, plain = Side(exam_errand(scene.house), scene.product, folder), plain_errand(scene.house)
    plain.rounds = PLAIN_AGAIN
    before = kept(scene.house)
    more, _ = beside(
        "Saving in an exam of 180", "answers/s", saves, Side(plain, scene.reference, folder), effort, SAVE_AIM, ""
    )
    refuse_lost(before, saves.errand.sent, scene.house)
    say("a decision of a scenario takes turns with its reference")
    decision = Side(decision_errand(scene.house), scene.product, folder)
    plain_decision = Side(plain_decision_errand(scene.house), scene.reference, folder)
    told, _ = beside("Decision page of a scenario", "pages/s", decision, plain_decision, effort, SAVE_AIM, "")
    return [*figures, *more, *told]


def refuse_lost(before: int, sent: int, house: House) -> None:
    """Stop where more was acknowledged than the database has."""
    if kept(house) - before < sent:
        raise Failed("Answers were acknowledged that are not in the database.")


def finishing_figures(scene: Scene) -> list[Figure]:
    """Compare answering a check for good, which also marks and records; every second request begins the check anew."""
    say("answering for good takes turns with the reference")
    rounds = finish_errands(scene.house, scene.effort.rounds)
    plain = plain_errand(scene.house)
    plain.rounds = 2 * PLAIN_AGAIN
    theirs, seconds = Side(plain, scene.reference, scene.house.folder), scene.effort.seconds
    found = [(Side(one, scene.product, scene.house.folder).round(seconds), theirs.round(seconds)) for one in rounds]
    return compared("A check answered for good, or begun anew", "requests/s", found, CHECK_AIM, "")[0]


def commits_a_second(folder: Path, seconds: float = 1) -> float:
    """Return how many bare durable commits one connection makes, each of one row."""
    engine = sa.create_engine(f"sqlite:///{folder / 'bare.sqlite'}")
    sa.event.listen(engine, "connect", open_sqlite)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    steps.metadata.create_all(engine)
    row = {"learner_id": 1, "response": {"options": ["a"]}, "taken_at": now()}
    done, began = 0, time.perf_counter()
    with engine.connect() as connection:
        while (took := time.perf_counter() - began) < seconds:
            connection.execute(sa.insert(steps), row | {"sequence": done})
            connection.commit()
            done += 1
    engine.dispose()
    return done / took


def waiting_figures(scene: Scene, what: str, errand: Errand, capacity: float) -> list[Figure]:
    """Return how long people wait at half of the measured capacity."""
    say(f"{what.lower()} at half the capacity, {capacity / 2:.0f} a second")
    outcome = paced(errand, scene.product.port, capacity / 2, scene.effort.paced_seconds)
    words = f"p50 {said(outcome.p50, 'ms')}"
    return [measured(f"{what} at half the capacity, p99", outcome.p99, "ms", WAIT_AIM, reference=words)]


def memory_figures(scene: Scene) -> list[Figure]:
    """Return what one serving process holds after the load, beside that of the reference."""
    ours, theirs = (
        max((memory_of(pid) for pid in s.workers), key=lambda m: m["pss"]) for s in (scene.product, scene.reference)
    )
    return [
        Figure(f"Memory of a serving process, {name}", said(ours[key], "MB"), said(theirs[key], "MB"))
        for key, name in (("rss", "resident"), ("pss", "its fair share"))
    ]


def measure(effort: Effort) -> list[Figure]:
    """Measure everything that is served."""
    with scene(effort) as place:
        weight = weigh(place.product.port, place.house, f"/courses/{COURSE}/lessons/{SECOND_LESSON}")
        page, pages = page_figures(place)
        saving, answers = saving_figures(place)
        exam, finishing = exam_figures(place), finishing_figures(place)
        waiting = waiting_figures(place, "Lesson page", lesson_errand(place.house), pages)
        late = save_errand(place.house)
        late.rounds = 1001  # behind everything that was saved before
        waiting += waiting_figures(place, "Saving", late, answers)
        return [*page, *saving, *exam, *finishing, *waiting, *memory_figures(place), *weight]

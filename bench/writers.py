"""Several processes that all write at once: how long each waits, and whether one gets less than the others."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.effort import Effort, say
from bench.figures import Aim, Figure, measured, percentile, said
from bench.house import ANSWERED, House, build_house, checks_of, scratch, settings_for
from bench.postgres import postgres
from core.config import ROOT

LONGEST = Aim(100, "ms")


@dataclass(frozen=True)
class Written:
    """What the processes told: the milliseconds of each write, one list a process."""

    times: tuple[tuple[float, ...], ...]
    seconds: float

    @property
    def all(self) -> list[float]:
        """Return the times of all processes."""
        return [one for times in self.times for one in times]

    @property
    def fairness(self) -> float:
        """Return how much the slowest process got done for each write of the quickest."""
        counts = [len(times) for times in self.times]
        return min(counts) / max(counts) if max(counts) else 0.0


def write_together(house: House, processes: int, seconds: float) -> Written:
    """Let so many processes write with the product's own verb, each as often as it can."""
    share = len(house.visitors) // processes
    command = [sys.executable, "-m", "bench.writers", str(house.folder), house.settings.database_url, str(seconds)]
    running = []
    for number in range(processes):
        learners = [str(one.number) for one in house.visitors[number * share : (number + 1) * share]]
        running.append(
            subprocess.Popen([*command, *learners], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        )
    try:
        for process in running:
            assert process.stdout and process.stdout.readline() == "ready\n", "A process that writes did not start."
        for process in running:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=seconds + 60)[0] for process in running]
    finally:
        for process in running:
            process.kill()
    return Written(tuple(tuple(json.loads(line)) for line in told), seconds)


def figures_of(house: House, effort: Effort, name: str, aim: Aim | None) -> list[Figure]:
    """Return what is said of one database."""
    written = write_together(house, effort.writers, effort.writing_seconds)
    rate = len(written.all) / written.seconds
    most = said(max(written.all), "ms at most")
    what = f"{effort.writers} processes writing, {name}"
    return [
        measured(f"{what}: p99 from asking to the commit", percentile(written.all, 99), "ms", aim, reference=most),
        Figure(
            f"{what}: writes together", said(rate, "/s"), reference=f"p50 {said(percentile(written.all, 50), 'ms')}"
        ),
        Figure(f"{what}: slowest process to quickest", said(written.fairness)),
    ]


def measure(effort: Effort) -> list[Figure]:
    """Measure both databases."""
    say(f"{effort.writers} processes write to one SQLite file")
    learners = max(effort.writers * 10, 20)
    with scratch() as folder:
        figures = figures_of(build_house(folder, learners), effort, "SQLite", LONGEST)
    if effort.postgres:
        say(f"{effort.writers} processes write to PostgreSQL")
        with scratch() as folder, postgres() as url:
            figures += figures_of(build_house(folder, learners, url), effort, "PostgreSQL", LONGEST)
    return figures


def one_write(folder: str, url: str, learners: list[int]) -> Callable[[int], None]:
    """Return what writes one step with the product's own verb, each learner's in turn."""
    from pathlib import Path

    from app import create_app
    from catalogue.live import current
    from core.clock import now
    from core.database import writing
    from quizzes.checks.answering import Answer, save_answer
    from quizzes.checks.desk import open_desk

    app = create_app(settings_for(Path(folder), url))
    with app.app_context():
        question = next(one for one in checks_of(ANSWERED) if one.kind == "single")
        lesson = current().courses[question.course_id].lesson(ANSWERED)
        assert lesson
    options = [option.id for option in question.options]

    def step(number: int) -> None:
        lap, place = divmod(number, len(learners))
        answer = Answer({"options": [options[lap % len(options)]]}, None, lap + 1, 1, question.digest)
        with app.app_context(), writing(learner=learners[place]):
            save_answer(open_desk(learners[place], lesson, question, lap + 1), answer, revision=1, now=now())

    return step


def write(step: Callable[[int], None], seconds: float) -> list[float]:
    """Write from the word until the time is over; return the milliseconds from asking for the turn to the commit."""
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    times: list[float] = []
    ends = time.perf_counter() + seconds
    while (began := time.perf_counter()) < ends:
        step(len(times))
        times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    home, address, span, *people = sys.argv[1:]
    told = write(one_write(home, address, [int(one) for one in people]), float(span))
    print(json.dumps([round(one, 2) for one in told]))  # noqa: T201

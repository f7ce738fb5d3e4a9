"""Which server, with how many processes and threads: the same lesson page and the same saving under each."""

from bench.client import hammer, paced, warm
from bench.compared import lesson_errand, save_errand
from bench.effort import Effort, say
from bench.errands import Errand
from bench.figures import said
from bench.house import House, build_house, scratch
from bench.servers import Setup, memory_of, processor_seconds, serving

SETUPS = (
    Setup("granian", 2, 4),
    Setup("gunicorn", 2, 4),
    Setup("granian", 2, 1),
    Setup("granian", 2, 2),
    Setup("granian", 2, 8),
    Setup("granian", 1, 4),
    Setup("granian", 3, 4),
)
STEADY = 60  # requests a second, the same for all
HEAD = (
    "Server",
    "Processes × threads",
    "Lesson pages/s",
    f"p99 at {STEADY}/s",
    "Answers/s",
    f"p99 at {STEADY}/s",
    "Processor time, page / answer",
    "Memory of all",
)


def measure(effort: Effort) -> list[tuple[str, ...]]:
    """Measure each setup on the same house; return the rows of a table."""
    with scratch() as folder:
        say(f"{effort.learners} learners move in, with their history")
        house = build_house(folder, effort.learners)
        save = save_errand(house)
        return [HEAD, *(row(house, setup, save, effort) for setup in SETUPS)]


def row(house: House, setup: Setup, save: Errand, effort: Effort) -> tuple[str, ...]:
    """Measure one setup."""
    say(f"{setup.server} with {setup.workers} × {setup.threads}")
    lesson = lesson_errand(house)
    with serving("app:create_app", house.environment(), house.folder, setup) as server:
        warm(lesson, server.port)
        told = []
        for errand in (lesson, save):
            used = processor_seconds(server)
            outcome = hammer(errand, server.port, effort.seconds, house.folder)
            cost = (processor_seconds(server) - used) * 1000 / outcome.requests
            told.append((said(outcome.rate), said(paced(errand, server.port, STEADY, effort.seconds).p99, "ms"), cost))
        memory = sum(memory_of(pid)["pss"] for pid in server.workers)
    (pages, wait, page), (answers, later, answer) = told
    shape = f"{setup.workers} × {setup.threads}"
    return setup.server, shape, pages, wait, answers, later, f"{page:.1f} / {answer:.1f} ms", said(memory, "MB")

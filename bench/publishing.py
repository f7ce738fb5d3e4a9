"""How fast material is read, checked and made live."""

import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from accounts.models import Person
from accounts.passwords import Hashed
from accounts.people import add_person
from bench.effort import Effort, say
from bench.figures import Aim, Figure, measured, said
from bench.house import furnish, scratch, settings_for
from bench.material import COURSE, material
from catalogue.building import build
from catalogue.live import current, refresh
from catalogue.models import Document
from catalogue.publishing import publish
from core.clock import now
from core.database import db, writing

READ_AIM, LIVE_AIM = Aim(2, "s"), Aim(150, "ms")
TRIES = 5


def measure(effort: Effort) -> list[Figure]:
    """Measure reading all of it, and publishing one document."""
    texts = material(effort.lessons, effort.questions)
    return [reading(texts, effort), *live(texts, effort)]


def reading(texts: dict[str, str], effort: Effort) -> Figure:
    """Read and cross-check everything from nothing."""
    say(f"{effort.lessons} lessons and {effort.questions} questions are read")
    times = []
    for _ in range(3):
        began = time.perf_counter()
        build(texts, {})
        times.append(time.perf_counter() - began)
    size = said(sum(len(text) for text in texts.values()) / 1024 / 1024, "MB of text")
    what = f"Reading and cross-checking {effort.lessons} lessons and {effort.questions:,} questions"
    return measured(what, median(times), "s", READ_AIM, reference=size)


def live(texts: dict[str, str], effort: Effort) -> list[Figure]:
    """Publish changed documents in a house that holds everything, and wait until they are what this process teaches."""
    say("one changed document goes live, again and again")
    with scratch() as folder:
        content = written(texts, folder / "content")
        app = furnish(replace(settings_for(folder), content_dir=content))
        with app.app_context():
            with writing():
                author = add_person("author@example.org", "Author", Hashed("x" * 97), ["instructor"], now=now())
            figures = [
                live_figure(
                    "lesson", f"{COURSE}/lessons/lesson-1.md", author, texts, "\nOne more sentence, number {}.\n"
                ),
                live_figure("bank", f"{COURSE}/questions/bank-0.yaml", author, texts, "\n# change number {}\n"),
            ]
            db.engine.dispose()
    return figures


def live_figure(kind: str, path: str, author: Person, texts: dict[str, str], change: str) -> Figure:
    """Return how long it takes from calling publish() to the new catalogue being current."""
    times = [published(path, author, texts[path] + change.format(number)) for number in range(TRIES)]
    most = said(max(times), "ms at most")
    return measured(f"One changed {kind} live", median(times), "ms", LIVE_AIM, reference=most)


def published(path: str, author: Person, source: str) -> float:
    """Publish one text; return the milliseconds until it is taught."""
    document = db.session.scalars(sa.select(Document).where(Document.path == path)).one()
    before = current().version
    began = time.perf_counter()
    with writing():
        publish(document, source, author, now())
    after = refresh()
    took = (time.perf_counter() - began) * 1000
    assert after.version == before + 1 and after.documents[path].source == source, "The change did not go live."
    return took


def written(texts: dict[str, str], folder: Path) -> Path:
    """Write the texts as a content folder."""
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder

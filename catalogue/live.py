"""The live catalogue of this process: swapped as a whole, never changed."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import structlog
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from catalogue.building import build
from catalogue.catalogue import Catalogue
from catalogue.documents import Published, is_media, media_of, published, texts, version
from catalogue.faults import Fault, Faults
from catalogue.media import Media

POLL_SECONDS = 0.5  # so that a publication reaches every process within a second


@dataclass
class Holder:
    """Where an app keeps its catalogue, and what kept a newer one from going live."""

    catalogue: Catalogue | None = None
    faults: tuple[Fault, ...] = ()
    refused: int | None = None  # the version that had faults; it is not tried again
    lock: threading.RLock = field(default_factory=threading.RLock)


@dataclass
class Memory:
    """What this process built last, so that unchanged documents are never read twice."""

    catalogue: Catalogue = field(default_factory=Catalogue)


memory = Memory()


def holder() -> Holder:
    """Return the running app's holder."""
    return cast(Holder, current_app.extensions.setdefault("catalogue", Holder()))


def current() -> Catalogue:
    """Return the live catalogue; the first to ask loads it."""
    return holder().catalogue or refresh()


def last_built() -> Catalogue:
    """Return what this process built last."""
    return memory.catalogue


def faults() -> tuple[Fault, ...]:
    """Return what keeps the newest material from going live; shown to instructors."""
    return holder().faults


def fault() -> str | None:
    """Say what is wrong when nothing can be taught; asked by /readyz."""
    try:
        return None if current().courses else "has no courses; run flask content sync"
    except (Faults, SQLAlchemyError) as error:
        return f"cannot be built ({str(error).splitlines()[0]})"


def refresh() -> Catalogue:
    """Take up what was published since; faults leave the last good catalogue live."""
    held = holder()
    with held.lock:
        newest = version()
        if held.catalogue is None or newest not in (held.catalogue.version, held.refused):
            take_up(held, newest)
        assert held.catalogue is not None
        return held.catalogue


def take_up(held: Holder, newest: int) -> None:
    """Build the newest catalogue and swap it in."""
    try:
        catalogue = from_database(newest)
    except Faults as found:
        held.faults, held.refused = found.faults, newest
        structlog.get_logger().error("catalogue", faults=[str(fault) for fault in found.faults[:20]])
        if held.catalogue is None:
            raise
        return
    memory.catalogue = catalogue
    held.catalogue, held.faults, held.refused = catalogue, (), None


def remember(catalogue: Catalogue) -> Catalogue:
    """Keep what was built and not yet published: when it is, it need not be built again."""
    memory.catalogue = catalogue
    return catalogue


def from_database(newest: int) -> Catalogue:
    """Build the catalogue of what is published, unless this process built just that to see whether it holds."""
    documents, last = published(), memory.catalogue
    media = media_of(documents, last)
    built = last if holds(last, documents, media) else build(texts(documents), media, last)
    return replace(built, revisions={path: found.revision_id for path, found in documents.items()}, version=newest)


def holds(catalogue: Catalogue, documents: Mapping[str, Published], media: Mapping[str, Media]) -> bool:
    """Say whether a catalogue is made of exactly these documents."""
    wanted = {path: found.digest for path, found in documents.items() if not is_media(path)}
    return {path: parsed.digest for path, parsed in catalogue.documents.items()} == wanted and catalogue.media == media

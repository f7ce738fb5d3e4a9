"""What the database holds of the material: what is published, and what it once said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from catalogue.building import question_in
from catalogue.catalogue import Catalogue
from catalogue.checks.known import known
from catalogue.material import Question
from catalogue.media import Media, inspect
from catalogue.models import CatalogueState, Document, MediaFile, Revision
from catalogue.parsing import locate
from core.database import db


@dataclass(frozen=True)
class Published:
    """The published text of a document; for media the digest of its bytes."""

    path: str
    revision_id: int
    source: str
    digest: str


def version() -> int:
    """Return the number of the last publication; 0 when there was none."""
    return db.session.scalar(sa.select(CatalogueState.version).where(CatalogueState.id == 1)) or 0


def published() -> dict[str, Published]:
    """Return everything that is published and not withdrawn, by path."""
    rows = db.session.execute(
        sa.select(Document.path, Revision.id, Revision.source, Revision.digest)
        .join(Revision, Revision.id == Document.published_revision_id)
        .where(Document.withdrawn_at.is_(None))
    )
    return {path: Published(path, number, source, digest) for path, number, source, digest in rows}


def is_media(path: str) -> bool:
    """Say whether a path is that of a picture, film or caption file."""
    where = locate(path)
    return where is not None and where.kind == "media"


def texts(documents: Mapping[str, Published]) -> dict[str, str]:
    """Return the texts among published documents."""
    return {path: found.source for path, found in documents.items() if not is_media(path)}


def media_of(documents: Mapping[str, Published], previous: Catalogue) -> dict[str, Media]:
    """Return the media among published documents; only new ones are looked into."""
    before = {media.sha256: media for media in previous.media.values()}
    found: dict[str, Media] = {}
    for path in sorted(path for path in documents if is_media(path)):
        sha256, name = documents[path].source, path.rpartition("/")[2]
        old = before.get(sha256)
        found[path] = old if old and old.name == name else stored_media(sha256, name)
    return found


def stored_media(sha256: str, name: str) -> Media:
    """Return a stored file as media; films are too large to be looked into again."""
    row = db.session.execute(sa.select(MediaFile.media_type, MediaFile.size).where(MediaFile.sha256 == sha256)).one()
    if row.media_type.startswith("video/"):
        return Media(sha256, name, row.media_type, row.size)
    return inspect(name, db.session.scalars(sa.select(MediaFile.content).where(MediaFile.sha256 == sha256)).one())


def question_at(revision_id: int, ref: str, catalogue: Catalogue) -> Question | None:
    """Return a question (`course/id`) as a revision of its bank had it, however it reads today; None when there is none."""
    question = catalogue.question(ref)
    if question is not None and catalogue.revision_of(question) == revision_id:
        return question
    row = db.session.execute(
        sa.select(Document.path, Revision.source)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.id == revision_id)
    ).one_or_none()
    return earlier_question(row.path, row.source, ref.partition("/")[2], catalogue) if row else None


@lru_cache(maxsize=64)  # each entry keeps a catalogue alive
def earlier_question(path: str, source: str, question_id: str, catalogue: Catalogue) -> Question | None:
    """Return a question out of the text of an earlier revision, its pictures as they are today."""
    return question_in(path, source, question_id, known(catalogue.documents.values(), catalogue.media))

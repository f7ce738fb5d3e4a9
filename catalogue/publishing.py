"""Brings material into the database: from the folder that ships it, and from the hands of instructors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from accounts.models import Person
from catalogue import live
from catalogue.building import build
from catalogue.catalogue import Catalogue
from catalogue.documents import is_media, media_of, published, texts, version
from catalogue.faults import Fault, Faults
from catalogue.folder import Folder, read_folder
from catalogue.models import CatalogueState, Document, MediaFile, Revision
from catalogue.parsing import digest_of, locate, normalised
from core.database import db
from core.errors import Refused

EMPTY = "The folder holds no material, and everything live would be withdrawn; try again once all files are in place."
TURN = 7_461_001  # the number of the lock that publishers on PostgreSQL queue at


@dataclass
class SyncReport:
    """What a sync did, by path."""

    published: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    conflicts: list[Fault] = field(default_factory=list)
    warnings: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether anything is different now."""
        return bool(self.published or self.withdrawn)


def sync(content_dir: Path, now: datetime) -> SyncReport:
    """Publish what changed in the folder since its last sync, all or nothing; raise Faults when it cannot be used."""
    queue_for_publishing()
    folder = read_folder(content_dir)
    if folder.faults:
        raise Faults(folder.faults)
    if not folder.sources and version():
        raise Faults([Fault(".", 1, EMPTY)])
    report = SyncReport()
    incoming = {**{path: normalised(text) for path, text in folder.sources.items()}, **digests(folder)}
    documents = {document.path: document for document in db.session.scalars(sa.select(Document))}
    current = digests_published()
    for path, source in sorted(incoming.items()):
        take(documents.get(path), path, source, current.get(path), report, now)
    for path in sorted(documents.keys() - incoming.keys()):
        leave(documents[path], current.get(path), report, now)
    store_media(folder, report.published, now)
    if report.changed:
        report.warnings = validated().warnings
        bump(now)
    return report


def digests(folder: Folder) -> dict[str, str]:
    """Return the digests of the folder's media; they are what a revision of media says."""
    return {path: media.sha256 for path, media in folder.media.items()}


def digest_for(path: str, source: str) -> str:
    """Return the digest by which a document's text, or its media, is known."""
    return source if is_media(path) else digest_of(source)


def digests_published() -> dict[str, str]:
    """Return the digest of what is published, by path, withdrawn documents included."""
    rows = db.session.execute(
        sa.select(Document.path, Revision.digest).join(Revision, Revision.id == Document.published_revision_id)
    )
    return {path: digest for path, digest in rows}  # noqa: C416  # a row is only like a pair


def take(
    document: Document | None, path: str, source: str, current: str | None, report: SyncReport, now: datetime
) -> None:
    """Take one file: publish it when it changed here, and only here."""
    digest = digest_for(path, source)
    if document is None:
        document = new_document(path)
    elif document.withdrawn_at is None and document.synced_digest == digest:
        return
    elif document.withdrawn_at is None and current == digest:
        document.synced_digest = digest  # the studio says the same: nothing to publish
        return
    elif document.withdrawn_at is None and document.synced_digest != current:
        report.conflicts.append(
            Fault(
                path,
                1,
                "This file changed, and so did the document in the studio; the studio's text stays until you settle it.",
            )
        )
        return
    add_revision(document, source, None, now, "from content/")
    document.synced_digest = digest
    report.published.append(path)


def leave(document: Document, current: str | None, report: SyncReport, now: datetime) -> None:
    """Withdraw a document whose file was removed; its history stays."""
    if document.withdrawn_at is not None or document.synced_digest is None:
        return
    if current != document.synced_digest:
        sentence = "This file was removed, but the document was edited in the studio; it stays until you settle it."
        report.conflicts.append(Fault(document.path, 1, sentence))
        return
    document.withdrawn_at = now
    report.withdrawn.append(document.path)


def new_document(path: str) -> Document:
    """Begin a document at a path."""
    where = locate(path)
    if where is None:
        raise Faults(
            [
                Fault(
                    path,
                    1,
                    "No document belongs here; the folders are lessons, questions, exams and media, one course a folder.",
                )
            ]
        )
    document = Document(path=path, kind=where.kind)
    db.session.add(document)
    db.session.flush()
    return document


def add_revision(document: Document, source: str, author_id: int | None, now: datetime, note: str) -> Revision:
    """Add a revision and let the document show it."""
    last = db.session.scalar(sa.select(sa.func.max(Revision.number)).where(Revision.document_id == document.id))
    revision = Revision(
        document_id=document.id,
        number=(last or 0) + 1,
        source=source,
        digest=digest_for(document.path, source),
        author_id=author_id,
        created_at=now,
        note=note,
    )
    db.session.add(revision)
    db.session.flush()
    document.published_revision_id = revision.id
    document.withdrawn_at = None
    return revision


def store_media(folder: Folder, paths: list[str], now: datetime) -> None:
    """Store the bytes of new media; the same bytes are stored once."""
    wanted = {folder.media[path].sha256: folder.media[path] for path in paths if path in folder.media}
    there = set(db.session.scalars(sa.select(MediaFile.sha256).where(MediaFile.sha256.in_(wanted))))
    for sha256, media in wanted.items():
        if sha256 not in there:
            content = folder.contents[sha256]
            db.session.add(
                MediaFile(
                    sha256=sha256,
                    name=media.name,
                    media_type=media.media_type,
                    size=media.size,
                    content=content,
                    created_at=now,
                )
            )
    db.session.flush()


def validated(changes: Mapping[str, str] | None = None) -> Catalogue:
    """Build what would be live now (with some texts exchanged); raise Faults when it cannot be."""
    previous = live.last_built()
    documents = published()
    return live.remember(build({**texts(documents), **(changes or {})}, media_of(documents, previous), previous))


def publish(
    document: Document,
    source: str,
    author: Person,
    now: datetime,
    *,
    note: str = "",
    base_revision_id: int | None = None,
) -> Revision:
    """Publish a text that somebody wrote; raise Faults when the whole would not hold, Refused when others were quicker."""
    queue_for_publishing()
    if is_media(document.path):
        raise Refused("Pictures and films are not written as text; put them into the media folder.")
    if base_revision_id is not None and document.published_revision_id != base_revision_id:
        raise Refused("Somebody published this document after you began; look at both texts before you publish yours.")
    validated({document.path: normalised(source)})
    revision = add_revision(document, normalised(source), author.id, now, note)
    bump(now)
    return revision


def export(target: Path) -> list[str]:
    """Write the live material as files; return the paths that were written."""
    written = []
    for path, document in sorted(published().items()):
        content = stored_bytes(document.source) if is_media(path) else document.source.encode()
        file = target / path
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            written.append(path)
    return written


def stored_bytes(sha256: str) -> bytes:
    """Return the bytes of a stored file."""
    return db.session.scalars(sa.select(MediaFile.content).where(MediaFile.sha256 == sha256)).one()


def bump(now: datetime) -> None:
    """Move the counter that tells every process of a publication."""
    state = db.session.get(CatalogueState, 1, with_for_update=True)
    if state is None:
        db.session.add(CatalogueState(id=1, version=1, updated_at=now))
    else:
        state.version, state.updated_at = version() + 1, now
    db.session.flush()


def queue_for_publishing() -> None:
    """Queue behind other publishers; on SQLite the turn to write is queue enough."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(TURN)))

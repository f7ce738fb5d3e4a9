"""Documents with their history, drafts, media, and the counter that tells processes of a publication."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class Document(Model):
    """One file of content/: a course, a lesson, a bank, an exam, the glossary, a picture."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    published_revision_id: Mapped[int | None]  # no foreign key: each of the two tables would need the other first
    synced_digest: Mapped[str | None]  # of the file at its last sync
    withdrawn_at: Mapped[datetime | None]


class Revision(Model):
    """What a document said at one time; never changed."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    number: Mapped[int]
    source: Mapped[str]  # the text; for media the sha256 of the bytes
    digest: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # nobody: it came from content/
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (sa.UniqueConstraint("document_id", "number"),)


class Draft(Model):
    """What an author is typing, kept apart from what is published."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    path: Mapped[str]
    source: Mapped[str]
    base_revision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("revision.id"))
    saved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("author_id", "path"),)


class MediaFile(Model):
    """A picture, film or caption file, by the digest of its bytes."""

    __tablename__ = "media_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]
    created_at: Mapped[datetime]


class CatalogueState(Model):
    """One row: the counter that every publication moves."""

    __tablename__ = "catalogue_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    updated_at: Mapped[datetime]

"""Reads an archive, believing nothing: every file is counted and digested, and none is longer than the manifest says."""

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from operations.archive.faults import BadArchive
from operations.archive.kinds import LARGEST_FILE, LONGEST_LINE, read_row
from operations.archive.manifest import (
    MANIFEST,
    MOST_MANIFEST_BYTES,
    SUMS,
    Manifest,
    Member,
    member_of,
    read_manifest,
)

PIECE = 1 << 20
DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, KeyError)
Progress = Callable[[int], object]


class Archive:
    """An archive that is open for reading; its manifest holds together, its files are not verified yet."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.refuse_doubles()
        self.manifest: Manifest = read_manifest(self.small(MANIFEST))
        self.refuse_others()

    def refuse_doubles(self) -> None:
        """Refuse an archive in which a name stands twice, or which is packed in a way that we do not use."""
        names = self.archive.namelist()
        if len(names) != len(set(names)):
            raise BadArchive("The archive holds a file twice.")
        for info in self.archive.infolist():
            if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise BadArchive(f"The archive's {info.filename!r} is encrypted or packed in an unknown way.")

    def refuse_others(self) -> None:
        """Refuse an archive that lacks a file, or has one that the manifest does not name."""
        wanted = {MANIFEST, SUMS, *self.manifest.members}
        found = set(self.archive.namelist())
        if missing := wanted - found:
            raise BadArchive(f"The archive lacks {min(missing)}.")
        if unknown := found - wanted:
            raise BadArchive(f"The archive holds {min(unknown)!r}, which its manifest does not name.")

    def small(self, name: str) -> bytes:
        """Return a file that is read whole."""
        if name not in self.archive.namelist():
            raise BadArchive(f"The archive lacks {name}; this is not a backup of Handover, or a part of one.")
        if self.archive.getinfo(name).file_size > MOST_MANIFEST_BYTES:
            raise BadArchive(f"The archive's {name} is too large to be true.")
        with intact(name), self.archive.open(name) as file:
            return file.read()

    def verify(self, tell: Progress) -> None:
        """Read every file and compare it with the manifest; tell how many bytes were read."""
        written = self.small(MANIFEST)
        sums = self.manifest.sums(Member(bytes=len(written), sha256=hashlib.sha256(written).hexdigest()))
        if self.small(SUMS) != sums:
            raise BadArchive(f"The archive's {SUMS} and {MANIFEST} do not agree.")
        rows = {member_of(name): table.rows for name, table in self.manifest.tables.items()}
        for name, member in self.manifest.members.items():
            lines = self.verify_member(name, member, tell)
            if rows.get(name, lines) != lines:
                raise BadArchive(f"The archive's {name} has {lines} rows; its manifest says {rows[name]}.")

    def verify_member(self, name: str, member: Member, tell: Progress) -> int:
        """Compare one file with what the manifest says of it, and return how many lines it has."""
        sha256, lines = hashlib.sha256(), 0
        with self.opened(name) as file:
            while piece := file.read(PIECE):
                sha256.update(piece)
                lines += piece.count(b"\n")
                tell(len(piece))
        if sha256.hexdigest() != member.sha256:
            raise BadArchive(f"The archive's {name} is damaged: its digest is not the one in the manifest.")
        return lines

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the archive, once its length is known to be the one in the manifest."""
        if self.archive.getinfo(name).file_size != self.manifest.members[name].bytes:
            raise BadArchive(f"The archive's {name} has another length than its manifest says.")
        with intact(name), self.archive.open(name) as file:
            yield file

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield a table's rows as they go into a database, each with its weight in bytes."""
        weights: list[int] = []

        def fetch(sha256: str) -> bytes:
            content = self.media(sha256)
            weights.append(len(content))
            return content

        columns = self.manifest.tables[name].kinds
        with self.opened(member_of(name)) as file:
            for number, line in enumerate(lines_of(file), 1):
                try:
                    row = read_row(line, columns, fetch)
                except (ValueError, RecursionError) as error:
                    place = f"{member_of(name)}, line {number}"
                    raise BadArchive(f"The archive's {place} is not a row of this table: {error}.") from None
                yield len(line) + sum(weights), row
                weights.clear()

    def media(self, sha256: str) -> bytes:
        """Return the bytes of a file by their digest."""
        name = f"media/{sha256}"
        if name not in self.manifest.members:
            raise BadArchive(f"The archive lacks {name}, which one of its rows needs.")
        if self.manifest.members[name].bytes > LARGEST_FILE:
            raise BadArchive(f"The archive's {name} is too large to be put into a database.")
        with self.opened(name) as file:
            return file.read()


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines, none longer than we are ready to hold."""
    lines = io.BufferedReader(file, PIECE)  # type: ignore[type-var]  # a zip's file is raw enough
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError("a line is too long")
        yield line


@contextmanager
def intact(name: str) -> Iterator[None]:
    """Say in a sentence that a file of the archive is damaged, in whichever of many ways zip says so."""
    try:
        yield
    except DAMAGE as error:
        raise BadArchive(f"The archive's {name} is damaged ({error}).") from None


@contextmanager
def opened(file: Path | IO[bytes]) -> Iterator[Archive]:
    """Open an archive, from a path or from a file that is open."""
    try:
        archive = ZipFile(file)
    except DAMAGE:
        raise BadArchive(
            f"{file if isinstance(file, Path) else 'This'} is no archive, or only a part of one."
        ) from None
    with archive:
        yield Archive(archive)

"""Writes an archive: one file after the other, each with its digest, and the manifest last."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from click import ClickException

from operations.archive.kinds import LARGEST_FILE, LONGEST_LINE, Columns, Keep, Row, row_writer
from operations.archive.manifest import MANIFEST, README, SUMS, Manifest, Member, Table, member_of

README_FILE = Path(__file__).with_name("readme.txt")
SPOOLED_BYTES = 4_000_000
PIECE = 1 << 20
QUICK = 1  # of zlib's levels; the higher ones take three times as long for a tenth less


class Sink(Protocol):
    """Something that bytes can be written to."""

    def write(self, content: bytes, /) -> object:
        """Take these bytes."""


class Digesting:
    """Counts and digests what passes through to a file."""

    def __init__(self, file: Sink) -> None:
        self.file, self.size, self.sha256 = file, 0, hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Pass these bytes on."""
        self.size += len(content)
        self.sha256.update(content)
        self.file.write(content)

    def member(self) -> Member:
        """Return what the manifest keeps of it."""
        return Member(bytes=self.size, sha256=self.sha256.hexdigest())


class ArchiveWriter:
    """An archive that is being written."""

    def __init__(self, archive: ZipFile, taken_at: datetime) -> None:
        self.archive, self.stamp = archive, taken_at.timetuple()[:6]
        self.tables: dict[str, Table] = {}
        self.members: dict[str, Member] = {}
        self.add(README, README_FILE.read_bytes())

    @contextmanager
    def member(self, name: str) -> Iterator[Digesting]:
        """Open one file of the archive for writing, whatever its length will be."""
        info = ZipInfo(name, self.stamp)
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
        with self.archive.open(info, "w", force_zip64=True) as file:
            digesting = Digesting(file)
            yield digesting
        self.members[name] = digesting.member()

    def add(self, name: str, content: bytes) -> None:
        """Add a small file."""
        with self.member(name) as file:
            file.write(content)

    def keep(self, content: bytes) -> str:
        """Keep bytes as a file of their own, once, and return their digest."""
        if len(content) > LARGEST_FILE:
            raise ValueError("its bytes are too many")
        sha256 = hashlib.sha256(content).hexdigest()
        if f"media/{sha256}" not in self.members:
            self.add(f"media/{sha256}", content)
        return sha256

    def add_table(self, name: str, columns: Columns, rows: Iterable[Row]) -> int:
        """Add a table and return how many rows it has."""
        try:
            count = self.add_rows(name, columns, rows)
        except ValueError as error:  # such as a JSON text that is none, which the house itself never writes
            raise ClickException(f"A row of {name} cannot be kept in an archive: {error}.") from None
        self.tables[name] = Table(rows=count, columns={name: kind.name for name, kind in columns.items()})  # type: ignore[misc]
        return count

    def add_rows(self, name: str, columns: Columns, rows: Iterable[Row]) -> int:
        """Add a table's rows."""
        if any(kind.name == "bytes" for kind in columns.values()):
            return self.add_spooled(name, columns, rows)
        with self.member(member_of(name)) as file:
            return write_rows(file, columns, rows, self.keep)

    def add_spooled(self, name: str, columns: Columns, rows: Iterable[Row]) -> int:
        """Add a table whose rows have files: those are written at once, the rows after them."""
        with tempfile.SpooledTemporaryFile(SPOOLED_BYTES) as spool:
            count = write_rows(spool, columns, rows, self.keep)
            spool.seek(0)
            with self.member(member_of(name)) as file:
                for piece in pieces(spool):
                    file.write(piece)
        return count

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the sums, which are the last files."""
        with self.member(MANIFEST) as file:
            file.write(manifest.written())
        self.add(SUMS, manifest.sums(self.members[MANIFEST]))


def write_rows(file: Sink, columns: Columns, rows: Iterable[Row], keep: Keep) -> int:
    """Write rows as lines, many at once, and return how many there were."""
    write, lines, size, count = row_writer(columns, keep), [], 0, 0
    for row in rows:
        count += 1
        lines.append(write(row))
        size += len(lines[-1])
        if len(lines[-1]) > LONGEST_LINE:
            raise ValueError("it is too long")
        if size > PIECE:
            file.write(b"".join(lines))
            lines, size = [], 0
    file.write(b"".join(lines))
    return count


def pieces(file: "IO[bytes] | tempfile.SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    """Yield a file in pieces that fit into memory."""
    while piece := file.read(PIECE):
        yield piece

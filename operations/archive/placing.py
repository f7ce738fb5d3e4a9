"""Puts a file into its place all or nothing: written beside it, brought to the disk, then renamed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from click import ClickException


@contextmanager
def placed(target: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """Yield a file to write; it takes its name when all went well, and nothing stays when it did not."""
    refuse_existing(target, overwrite)
    part = target.with_name(f"{target.name}.part")
    with taken(part) as file:
        try:
            yield file
            settle(file)
            refuse_existing(target, overwrite)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    settle_folder(target.parent)


def refuse_existing(target: Path, overwrite: bool) -> None:
    """Refuse to write over what is there."""
    if target.is_dir():
        raise ClickException(f"{target} is a folder; name a file in it.")
    if target.exists() and not overwrite:
        raise ClickException(f"{target} is there already; choose another name, or add --force to replace it.")


@contextmanager
def taken(part: Path) -> Iterator[IO[bytes]]:
    """Take the file beside for ourselves; what a killed run left in it is written over."""
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = os.path.samestat(os.fstat(file.fileno()), part.lstat())
        except (BlockingIOError, FileNotFoundError):
            ours = False
        if not ours:
            raise ClickException(f"Another backup is writing {part} just now; wait for it, or choose another name.")
        os.fchmod(file.fileno(), 0o600)
        os.ftruncate(file.fileno(), 0)
        yield file


def settle(file: IO[bytes]) -> None:
    """Bring a file to the disk."""
    file.flush()
    os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

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
        yield file
        settle(file)
        refuse_existing(target, overwrite)
        part.replace(target)
    settle_folder(target.parent)


def refuse_existing(target: Path, overwrite: bool) -> None:
    """Refuse to write over what is there."""
    if target.is_dir():
        raise ClickException(f"{target} is a folder; name a file in it.")
    if target.exists() and not overwrite:
        raise ClickException(f"{target} is there already; choose another name, or add --force to replace it.")


@contextmanager
def taken(part: Path) -> Iterator[IO[bytes]]:
    """Take the file beside for ourselves; what a killed run left in it is written over, and it goes when we fail."""
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        refuse_shared(file, part)
        try:
            os.fchmod(file.fileno(), 0o600)
            os.ftruncate(file.fileno(), 0)
            yield file
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def refuse_shared(file: IO[bytes], part: Path) -> None:
    """Refuse a file that another backup is writing, or has just given its name."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.path.samestat(os.fstat(file.fileno()), part.lstat())
    except (BlockingIOError, FileNotFoundError):
        ours = False
    if not ours:
        raise ClickException(f"Another backup is writing {part} just now; wait for it, or choose another name.")


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

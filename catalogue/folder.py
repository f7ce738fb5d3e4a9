"""Reads the folder in which authors write."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.faults import Fault
from catalogue.media import LARGEST, Media, inspect
from catalogue.parsing import locate

LARGEST_FILE = max(LARGEST.values())
LARGEST_TEXT = 2_000_000
VANISHED = "This file went away while it was read; try again once all files are in place."
CHANGING = "This file changed while the folder was read; try again once all files are in place."
IGNORED = frozenset({"README.md", "LICENSE"})


@dataclass
class Folder:
    """What stands in a content folder, by path within it."""

    sources: dict[str, str] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)  # of media, by digest
    faults: list[Fault] = field(default_factory=list)


def read_folder(root: Path) -> Folder:
    """Read every file of a content folder; what changes meanwhile is only half there, and is told as a fault."""
    folder = Folder()
    try:
        before = state_of(root)
        for path in before:
            take_readable(folder, path, root / path)
        after = state_of(root)
    except FileNotFoundError:  # a whole folder went away while it was listed
        return Folder(faults=[Fault(".", 1, CHANGING)])
    changed = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    told = {fault.path for fault in folder.faults}
    folder.faults.extend(Fault(path, 1, CHANGING) for path in changed if path not in told)
    return folder


def state_of(root: Path) -> dict[str, tuple[int, int]]:
    """Return the length and the last change of every file, by path."""
    found = {file.relative_to(root).as_posix(): file.lstat() for file in files_in(root)}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in found.items()}


def take_readable(folder: Folder, path: str, file: Path) -> None:
    """Take one file, or tell why it cannot be read."""
    try:
        take_file(folder, path, file)
    except FileNotFoundError:
        folder.faults.append(Fault(path, 1, VANISHED))
    except OSError as error:
        folder.faults.append(Fault(path, 1, f"This file cannot be read ({error.strerror}); mend that and try again."))


def files_in(root: Path) -> Iterator[Path]:
    """Return the files of a folder in a steady order, hidden ones apart."""
    for file in sorted(root.rglob("*")):
        parts = file.relative_to(root).parts
        hidden = any(part.startswith(".") for part in parts)
        if not hidden and not (len(parts) == 1 and file.name in IGNORED) and (file.is_file() or file.is_symlink()):
            yield file


def take_file(folder: Folder, path: str, file: Path) -> None:
    """Take one file as text or as media."""
    where = locate(path)
    if file.is_symlink():
        folder.faults.append(Fault(path, 1, "This is a link to another file; put the file itself here."))
    elif file.stat().st_size > (LARGEST_FILE if where and where.kind == "media" else LARGEST_TEXT):
        folder.faults.append(Fault(path, 1, "This file is far too large to be read."))
    elif where and where.kind == "media":
        content = file.read_bytes()
        folder.media[path] = media = inspect(file.name, content)
        folder.contents[media.sha256] = content
    else:
        take_text(folder, path, file)


def take_text(folder: Folder, path: str, file: Path) -> None:
    """Take a file as text; it is written in UTF-8."""
    content = file.read_bytes()
    try:
        folder.sources[path] = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        folder.faults.append(Fault(path, line, "This line is not written in UTF-8; save the file in that encoding."))

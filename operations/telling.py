"""What backup and restore tell on the terminal: how far they are, what went wrong, what is in an archive."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.outages import Outage
from core.wording import plural
from operations.archive.manifest import Manifest
from operations.archive.reading import Archive

Step = Callable[[int], object]
SELDOM = 500
Item = TypeVar("Item")


@contextmanager
def progress(length: int, label: str) -> Iterator[Step]:
    """Show how far it is, where somebody looks at a terminal."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


def counted(items: Iterable[Item], tell: Step) -> Iterator[Item]:
    """Yield items and tell of them now and then."""
    since = 0
    for item in items:
        yield item
        since += 1
        if since == SELDOM:
            tell(since)
            since = 0
    tell(since)


@contextmanager
def telling(failure: str) -> Iterator[None]:
    """Say in one line what went wrong with a disk or a database."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{failure}: {error.strerror or error}.") from None
    except (SQLAlchemyError, Outage) as error:
        raise click.ClickException(f"{failure}; {reason(error)}") from None


def reason(error: SQLAlchemyError | Outage) -> str:
    """Say why, in the database's own words where it has some: who runs the house can do something with them."""
    found = error.__cause__ if isinstance(error, Outage) else error
    if isinstance(found, DBAPIError) and found.orig is not None:
        return f"the database says: {str(found.orig).strip().partition(chr(10))[0]}"
    return error.message if isinstance(error, Outage) else f"the database says: {error}"


def verify(archive: Archive) -> None:
    """Compare every file of an archive with its manifest."""
    with progress(sum(member.bytes for member in archive.manifest.members.values()), "Verifying") as tell:
        archive.verify(tell)


def summary(manifest: Manifest) -> str:
    """Say what an archive holds."""
    return (
        f"{plural(manifest.rows, 'row')} of {plural(len(manifest.tables), 'table')}, "
        f"{plural(manifest.media, 'media file')}, taken at {manifest.taken_at} by Handover {manifest.product_version}"
    )

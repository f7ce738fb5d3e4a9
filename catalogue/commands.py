"""flask content …: the authors' compiler, and the way between files and database."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from catalogue.building import build
from catalogue.catalogue import Catalogue
from catalogue.documents import version
from catalogue.faults import Fault, Faults
from catalogue.folder import read_folder
from catalogue.parsing import SHAPES
from catalogue.publishing import SyncReport, sync
from catalogue.publishing import export as export_to
from catalogue.quality.report import page, quality_of
from core.clock import now
from core.config import Settings
from core.database import writing

content = AppGroup("content", help="Check, publish and export what instructors write.")
FIGURES, FIGURES_END = "<!-- figures -->", "<!-- end of the figures -->"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def content_dir(folder: Path | None) -> Path:
    """Return the folder that was named, or that of the settings."""
    return folder or cast(Settings, current_app.extensions["settings"]).content_dir


def tell(root: Path, faults: Iterable[Fault], kind: str = "") -> None:
    """Print one line a fault, as editors and people read it."""
    for fault in faults:
        click.echo(f"{root.name}/{fault.path}:{fault.line}: {kind}{fault.sentence}")


def counted(number: int, word: str) -> str:
    """Return a number with its word."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def check_folder(root: Path) -> Catalogue:
    """Build the catalogue of a folder; raise Faults with everything there is to mend."""
    folder = read_folder(root)
    try:
        built = build(folder.sources, folder.media)
    except Faults as faults:
        raise Faults([*folder.faults, *faults.faults]) from None
    if folder.faults:
        raise Faults(folder.faults)
    return built


@content.command("quality")
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Renew the figures of this page, too (docs/quality.md).",
)
@with_appcontext
def quality(folder: Path | None, write: Path | None) -> None:
    """Show what guessers would score in FOLDER's courses, beside chance, and what is missing; fail where a limit is broken."""
    try:
        built = check_folder(content_dir(folder))
    except Faults as faults:
        tell(content_dir(folder), faults.faults)
        raise SystemExit(1) from None
    found = [quality_of(course) for course in built.courses.values()]
    pages = "\n".join(page(one) for one in found)
    click.echo(pages)
    if write:
        write.write_text(renewed(write.read_text(encoding="utf-8"), pages), encoding="utf-8")
    broken = [f"{one.course.id}: {what}" for one in found for what in one.broken]
    for line in broken:
        click.echo(f"Limit broken in {line}.", err=True)
    if broken:
        raise SystemExit(1)


def renewed(text: str, pages: str) -> str:
    """Return a page with new figures between its two marks."""
    before, begun, rest = text.partition(FIGURES)
    _, ended, after = rest.partition(FIGURES_END)
    if not (begun and ended):
        raise click.ClickException(f"The page has no {FIGURES} and {FIGURES_END}; put them around the figures.")
    return f"{before}{FIGURES}\n\n{pages}\n{FIGURES_END}{after}"


@content.command("check")
@click.argument("folder", type=FOLDER, required=False)
@with_appcontext
def check(folder: Path | None) -> None:
    """Check everything in FOLDER (default: the content folder) without a database."""
    root = content_dir(folder)
    try:
        catalogue = check_folder(root)
    except Faults as found:
        tell(root, found.faults)
        files = len({fault.path for fault in found.faults})
        click.echo(f"{counted(len(found.faults), 'fault')} in {counted(files, 'file')}.")
        raise SystemExit(1) from None
    tell(root, catalogue.warnings, "warning: ")
    click.echo(summary(catalogue))


def summary(catalogue: Catalogue) -> str:
    """Say what a catalogue holds."""
    courses = catalogue.courses.values()
    parts = [
        counted(len(courses), "course"),
        counted(sum(len(course.lessons) for course in courses), "lesson"),
        counted(sum(len(course.questions) for course in courses), "question"),
        counted(len(catalogue.terms), "term"),
        counted(len(catalogue.roles), "role"),
        counted(len(catalogue.media), "media file"),
    ]
    return f"{', '.join(parts)}: all is well, {counted(len(catalogue.warnings), 'warning')}."


@content.command("sync")
@click.argument("folder", type=FOLDER, required=False)
@with_appcontext
def sync_command(folder: Path | None) -> None:
    """Publish what changed in FOLDER since its last sync; all of it or nothing."""
    root = content_dir(folder)
    try:
        report = sync_now(root)
    except Faults as found:
        tell(root, found.faults)
        click.echo(f"{counted(len(found.faults), 'fault')}: nothing was published.")
        raise SystemExit(1) from None
    tell_report(root, report)
    if report.conflicts:
        raise SystemExit(1)


def sync_now(root: Path) -> SyncReport:
    """Take the turn to write and sync."""
    with writing():
        return sync(root, now())


def tell_report(root: Path, report: SyncReport) -> None:
    """Say what a sync did."""
    tell(root, report.warnings, "warning: ")
    tell(root, report.conflicts, "conflict: ")
    click.echo(
        f"{counted(len(report.published), 'document')} published, {len(report.withdrawn)} withdrawn, {len(report.conflicts)} in conflict."
    )


def sync_content(root: Path) -> None:
    """Sync at a start: faults are told and the last good material stays live; only without any the start fails."""
    try:
        report = sync_now(root)
    except Faults as found:
        tell(root, found.faults)
        if version() == 0:
            raise click.ClickException("There is no material to serve; mend what stands above.") from None
        click.echo("The material published before stays live.")
        return
    if report.changed or report.conflicts:
        tell(root, report.conflicts, "conflict: ")


@content.command("export")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export_command(target: Path) -> None:
    """Write the live material into the folder TARGET."""
    written = export_to(target)
    click.echo(f"{counted(len(written), 'file')} written to {target}.")


@content.command("schema")
@click.argument("kind", type=click.Choice(sorted(SHAPES)), required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of one KIND of document, or of all."""
    kinds = [kind] if kind else sorted(SHAPES)
    schemas = {name: SHAPES[name].model_json_schema(by_alias=True) for name in kinds}
    click.echo(json.dumps(schemas[kind] if kind else schemas, indent=2))

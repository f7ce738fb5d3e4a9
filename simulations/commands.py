"""flask scenario …: check a scenario by all rules, and play one in the terminal."""

from collections.abc import Mapping
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from catalogue.catalogue import Catalogue
from catalogue.commands import check_folder, content_dir, renewed, tell
from catalogue.faults import Faults
from catalogue.material import Scenario
from catalogue.schema.scenario import ScenarioShape, StageShape
from simulations.checking.judging import QUICK, Effort, judged
from simulations.checking.report import as_file, page
from simulations.engine.model import BASE, Model
from simulations.engine.playing import NotFinite
from simulations.engine.retelling import Ending, ended, retold
from simulations.scenarios import model_of
from simulations.wording import figure_in_words, figure_shapes, filled

group = AppGroup("scenario", help="Check scenarios by all rules, and play them in the terminal.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PAGE = click.Path(exists=True, dir_okay=False, path_type=Path)


def catalogue_of(folder: Path) -> Catalogue:
    """Return the catalogue of a folder; faults are told and end the command."""
    try:
        return check_folder(folder)
    except Faults as faults:
        tell(folder, faults.faults)
        raise SystemExit(1) from None


def chosen(catalogue: Catalogue, names: tuple[str, ...]) -> list[Scenario]:
    """Return the scenarios of these names (`course/id`), or all; say which there are where one is not there."""
    every = {one.ref: one for course in catalogue.courses.values() for one in course.scenarios.values()}
    unknown = [name for name in names if name not in every]
    if unknown:
        raise click.ClickException(f"There is no scenario {unknown[0]}; there are {', '.join(every) or 'none'}.")
    return [every[name] for name in names] or list(every.values())


@group.command("check")
@click.argument("names", nargs=-1)
@click.option("--folder", type=FOLDER, help="The content folder; default is that of the settings.")
@click.option("--quick", is_flag=True, help="Sample less; nothing is kept.")
@click.option("--write", type=PAGE, help="Renew the tables of this page, too.")
@with_appcontext
def check(names: tuple[str, ...], folder: Path | None, quick: bool, write: Path | None) -> None:
    """Judge scenarios (NAMES as course/id, or all) by all rules, print the tables, and keep the verdicts beside them."""
    if write and names:
        raise click.UsageError("--write renews the tables of all scenarios, so name none.")
    root = content_dir(folder)
    pages, passed = [], True
    for one in chosen(catalogue_of(root), names):
        verdict = judged(
            model_of(one), one.digest, QUICK if quick else Effort(), lambda words: click.echo(f"  {words}", err=True)
        )
        pages.append(page(one.shape.title, verdict))
        click.echo(pages[-1])
        passed = passed and verdict.passed
        if not quick:
            keep(root / one.course_id / "scenarios" / "verdicts" / f"{one.id}.yaml", as_file(verdict))
    if write:
        write.write_text(renewed(write.read_text(encoding="utf-8"), "\n".join(pages)), encoding="utf-8")
    raise SystemExit(0 if passed else 1)


def keep(file: Path, text: str) -> None:
    """Write a file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


@group.command("play")
@click.argument("name")
@click.option("--choose", "choices", multiple=True, help="A decision as stage=choice; may stand often.")
@click.option("--seed", default=1, help="Another seed is other luck.")
@click.option("--context", default=BASE, help="The conditions to play under.")
@click.option("--folder", type=FOLDER, help="The content folder; default is that of the settings.")
@with_appcontext
def play(name: str, choices: tuple[str, ...], seed: int, context: str, folder: Path | None) -> None:
    """Play NAME (course/id): what --choose leaves open is asked."""
    scenario = chosen(catalogue_of(content_dir(folder)), (name,))[0]
    model, given = model_of(scenario), dict(one.partition("=")[::2] for one in choices)
    if context not in model.contexts:
        raise click.ClickException(f"There are no conditions {context}; there are {', '.join(model.contexts)}.")
    try:
        play_on(scenario.shape, model, seed, context, given)
    except NotFinite as broken:
        raise click.ClickException(f"{broken}.") from None


def play_on(shape: ScenarioShape, model: Model, seed: int, context: str, given: Mapping[str, str]) -> None:
    """Play to the end; what is not given is asked."""
    decisions: dict[str, str] = {}
    while (story := retold(model, seed, context, decisions)).turn:
        stage = shape.stage_of(story.turn)
        click.echo(f"\n{shape.clock.unit} {story.week}: {stage.title}")
        click.echo(filled(stage.prompt.strip(), story.rows, figure_shapes(shape)))
        decisions[story.turn] = decided(stage, given.get(story.turn, given.get(stage.id)))
    tell_ending(shape, ended(model, seed, context, decisions)[1])


def decided(stage: StageShape, wish: str | None) -> str:
    """Return the wish at a stage, or ask for one; say what there is where there is no such choice."""
    options = [choice.id for choice in stage.choices]
    for choice in stage.choices:
        click.echo(f"  {choice.id:20} {choice.label}")
    if wish is not None and wish not in options:
        raise click.ClickException(f"There is no choice {wish} at {stage.id}; there are {', '.join(options)}.")
    return wish or str(click.prompt("Your decision", type=click.Choice(options)))


def tell_ending(shape: ScenarioShape, ending: Ending) -> None:
    """Print what a play came to."""
    click.echo("")
    for name, kpi in shape.kpis.items():
        click.echo(f"{kpi.label:32} {figure_in_words(ending.kpis[name], kpi)}")
    scores = [ending.sides["project"], ending.sides["service"], ending.score]
    click.echo(f"{'Project, service, together':32} {', '.join(f'{score:.0f}' for score in scores)}")

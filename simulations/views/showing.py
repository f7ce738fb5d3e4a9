"""What the pages of a run show, out of its story and the author's words."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from catalogue.material import Scenario
from catalogue.rendering.snippets import render_text
from catalogue.schema.scenario import CastShape, ChartShape, ChoiceShape, LedgerShape, ScenarioShape, StageShape
from core.wording import plural
from simulations.debriefs.charts import Curve, Plot, plot
from simulations.engine.retelling import Story, Told
from simulations.views.loading import Page
from simulations.wording import figure_in_words, figure_shapes, filled_html


@dataclass(frozen=True)
class Row:
    """A line of a ledger, in words."""

    label: str
    value: str
    bad: bool


@dataclass(frozen=True)
class Ledger:
    """What one side's books say."""

    title: str
    side: str
    rows: tuple[Row, ...]
    chart: Plot | None


@dataclass(frozen=True)
class News:
    """Something that happened since the last decision."""

    when: str
    speaker: CastShape | None
    html: Markup


@dataclass(frozen=True)
class Stretch:
    """A phase on the line above the story."""

    title: str
    side: str
    state: str  # done | now | ahead
    words: str


@dataclass(frozen=True)
class Decision:
    """The decision that waits, or the last one that did."""

    stage: StageShape | None
    turn: str | None
    title: str
    speaker: CastShape | None
    prompt: Markup
    choices: tuple[ChoiceShape, ...]
    ledgers: tuple[Ledger, ...]
    news: tuple[News, ...]
    line: tuple[Stretch, ...]


def decision_page(page: Page) -> Decision:
    """Return what a decision page shows; it is made of what was kept, and nothing is played for it."""
    shape, story = page.scenario.shape, page.story
    stage = next((one for one in shape.stages if one.id == story.stage), None)
    return Decision(
        stage=stage,
        turn=story.turn,
        title=stage.title if stage else shape.title,
        speaker=cast_of(shape, stage.speaker if stage else None),
        prompt=told(stage.prompt, story, page.scenario) if stage else Markup(""),
        choices=stage.choices if stage else (),
        ledgers=ledgers_of(shape, story, stage),
        news=news_since(page.scenario, story),
        line=phase_line(shape, story),
    )


def cast_of(shape: ScenarioShape, name: str | None) -> CastShape | None:
    """Return somebody of the cast."""
    return next((one for one in shape.cast if one.id == name), None)


def told(text: str, story: Story, scenario: Scenario) -> Markup:
    """Render an author's text with the figures as they stand."""
    return filled_html(rendered(text, scenario), story.rows, figure_shapes(scenario.shape))


@lru_cache(maxsize=1024)
def rendered(text: str, scenario: Scenario) -> Markup:
    """Render an author's text once, with its braces as they are."""
    return render_text(text, scenario.links)


def ledgers_of(shape: ScenarioShape, story: Story, stage: StageShape | None) -> tuple[Ledger, ...]:
    """Return the ledgers that may be seen here: those that the stage names, else those of the phase."""
    phase = shape.phases[min(story.phase, len(shape.phases) - 1)].id
    return tuple(ledger_of(one, shape, story) for one in shape.ledgers_seen(phase, stage))


def ledger_of(ledger: LedgerShape, shape: ScenarioShape, story: Story) -> Ledger:
    """Return one ledger in words."""
    rows = tuple(
        Row(row.label, figure_in_words(story.rows.get(row.name, 0.0), row), row.name in story.bad)
        for row in ledger.rows
    )
    return Ledger(ledger.title, ledger.side, rows, chart_of(ledger.chart, shape, story))


def chart_of(chart: ChartShape | None, shape: ScenarioShape, story: Story) -> Plot | None:
    """Return a ledger's chart, once there are two steps to draw."""
    if chart is None or story.tick < 3:
        return None
    curves = [Curve(line.label, tuple(story.lines.get(line.name, ()))) for line in chart.lines]
    return plot(chart.title, curves, shape.clock.unit)


def news_since(scenario: Scenario, story: Story) -> tuple[News, ...]:
    """Return what happened since the last decision."""
    since = story.turns[-1].tick if story.turns else 0
    fresh = [one for one in story.events if one.tick >= since]
    return tuple(news for one in fresh if (news := news_of(one, scenario, story)))


def news_of(event: Told, scenario: Scenario, story: Story) -> News | None:
    """Return an event in its author's words; some happen in silence."""
    shape = next((one for one in scenario.shape.events if one.id == event.id), None)
    if shape is None or shape.say is None:
        return None
    when = f"{scenario.shape.clock.unit.capitalize()} {event.week}"
    return News(when, cast_of(scenario.shape, shape.speaker), told(shape.say, story, scenario))


def phase_line(shape: ScenarioShape, story: Story) -> tuple[Stretch, ...]:
    """Return the phases with what is behind, what is now, and what lies ahead."""
    return tuple(stretch(index, shape, story) for index in range(len(shape.phases)))


def stretch(index: int, shape: ScenarioShape, story: Story) -> Stretch:
    """Return one phase of the line."""
    phase, unit = shape.phases[index], shape.clock.unit
    if story.over or index < story.phase:
        begun = story.ends[index - 1] if 0 < index <= len(story.ends) else 0
        ended = story.ends[index] if index < len(story.ends) else story.tick
        if index > len(story.ends):
            return Stretch(phase.title, phase.side, "ahead", "not reached")
        return Stretch(phase.title, phase.side, "done", plural(ended - begun, unit))
    if index == story.phase:
        return Stretch(phase.title, phase.side, "now", f"{unit} {story.week} of {phase.planned}")
    return Stretch(phase.title, phase.side, "ahead", plural(phase.planned, unit))

"""What a debrief page shows, out of what was kept and the author's words."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from catalogue import addresses
from catalogue.live import current
from catalogue.material import Lesson, Scenario
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.schema.scenario import KpiShape, ScenarioShape, StageShape
from simulations.debriefs.charts import Curve, Plot, plot
from simulations.debriefs.fans import Fan
from simulations.debriefs.whole import Debrief, TurnFound
from simulations.engine.model import BASE
from simulations.views.loading import Page
from simulations.views.predictions import predicted_rows
from simulations.views.showing import phase_line
from simulations.wording import figure_in_words

WIDEST_BAR = 200


@dataclass(frozen=True)
class RegretRow:
    """One turn of the picture of regrets."""

    turn: str
    when: str
    title: str
    side: str
    you: str
    better: str
    choice: str
    verdict: str
    points: float
    error: float
    bar: float
    whisker: tuple[float, float]
    reached: bool


@dataclass(frozen=True)
class ChainLink:
    """One step of how a decision reached the end."""

    label: str
    value: str
    other: str
    when: str
    side: str


def debrief_page(page: Page, found: Debrief) -> dict[str, Any]:
    """Return everything that the page draws."""
    shape, links = page.scenario.shape, page.scenario.links
    regrets = regret_rows(page, found)
    return {
        "say": render_text(found.say, links) if found.say else "",
        "line": phase_line(shape, page.story),
        "predicted": predicted_rows(page, found),
        "plots": fan_plots(page.scenario, found),
        "regrets": regrets,
        "chain": chain_links(page, found),
        "lenses": [
            (one.title, render_inline(one.project, links), render_inline(one.service, links)) for one in found.lenses
        ],
        "rules": [render_inline(text, links) for text in found.rules],
        "lessons": lessons_for(page, found),
        "practice": practice_url(page, found),
        "contexts": [(name, one.title, one.text) for name, one in shape.contexts.items() if name != page.run.context]
        + ([(BASE, "As told", "")] if page.run.context != BASE and BASE not in shape.contexts else []),
        "best_turn": next((row for row in regrets if row.turn == found.cause and row.verdict == "better"), None),
        "kpis": kpi_rows(shape, found),
    }


def kpi_rows(shape: ScenarioShape, found: Debrief) -> list[tuple[str, str, str]]:
    """Return each KPI with its value and its target."""
    return [
        (kpi.label, figure_in_words(found.kpis[name], kpi), figure_in_words(kpi.target, kpi) + limit_in_words(kpi))
        for name, kpi in shape.kpis.items()
    ]


def limit_in_words(kpi: KpiShape) -> str:
    """Return the hard limit of a KPI, where it has one."""
    return "" if kpi.limit is None else f", never beyond {figure_in_words(kpi.limit, kpi)}"


def fan_plots(scenario: Scenario, found: Debrief) -> list[Plot]:
    """Return the charts of all KPIs: the ones that were predicted first."""
    first = [one.kpi for one in scenario.shape.predict]
    order = sorted(found.fans, key=lambda fan: (first.index(fan.kpi) if fan.kpi in first else len(first), -fan.phase))
    return [fan_plot(scenario.shape, fan) for fan in order if len(fan.run) > 1]


def fan_plot(shape: ScenarioShape, fan: Fan) -> Plot:
    """Return one KPI inside the fan of one's own choices."""
    kpi, phase = shape.kpis[fan.kpi], shape.phases[fan.phase]
    bands = [(fan.bands["10"], fan.bands["90"]), (fan.bands["25"], fan.bands["75"])]
    curves = [
        Curve("your run", tuple(fan.run), "run"),
        Curve("best choices found", tuple(fan.best), "best"),
        Curve("target", (kpi.target,) * len(fan.run), "target"),
    ]
    title = kpi.label + (f", {kpi.unit}" if kpi.unit else "")
    title += f", in the {phase.title.lower().removeprefix('the ')}" if len(shape.phases) > 1 else ""
    return plot(title, curves, shape.clock.unit, bands=bands, width=1100, height=300, right_room=200)


def regret_rows(page: Page, found: Debrief) -> list[RegretRow]:
    """Return the turns with what one other choice would have added, on one scale."""
    most = max((abs(turn.others[0].gain) + 2 * turn.others[0].error for turn in found.turns), default=1.0) or 1.0
    return [regret_row(page, turn, WIDEST_BAR / most) for turn in in_order(page, found)]


def in_order(page: Page, found: Debrief) -> list[TurnFound]:
    """Return the turns in the order of the story; what was never reached comes last."""
    order = {one.id: place for place, one in enumerate(page.story.turns)}
    return sorted(found.turns, key=lambda turn: order.get(turn.turn, len(order)))


def regret_row(page: Page, turn: TurnFound, scale: float) -> RegretRow:
    """Return one turn of the picture."""
    stage = page.stage_of(turn.turn)
    labels = {choice.id: choice.label for choice in stage.choices}
    best = turn.others[0]
    low, high = ((best.gain + sign * 2 * best.error) * scale for sign in (-1, 1))
    side = next(phase.side for phase in page.scenario.shape.phases if phase.id == stage.phase)
    return RegretRow(
        turn=turn.turn,
        when=page.when(turn.turn),
        title=stage.title,
        side=side,
        you=labels[turn.played],
        better=labels[best.option],
        choice=best.option,
        verdict=turn.verdict,
        points=best.gain,
        error=2 * best.error,
        bar=round(max(best.gain * scale, 0.0), 1),
        whisker=(round(max(low, 0.0), 1), round(max(high, 0.0), 1)),
        reached=turn.reached,
    )


def chain_links(page: Page, found: Debrief) -> list[ChainLink]:
    """Return the story from the decision that cost (or won) most to the end."""
    shape = page.scenario.shape
    return [
        ChainLink(
            shape.words[link.name].label,
            figure_in_words(link.own, shape.words[link.name]),
            figure_in_words(link.other, shape.words[link.name]),
            f"{shape.phases[link.phase].title}, {shape.clock.unit} {link.week}",
            shape.phases[link.phase].side,
        )
        for link in found.links
    ]


def worst_stages(page: Page, found: Debrief) -> list[StageShape]:
    """Return the two stages where another choice would have added most; the first ones where nothing would."""
    order = sorted((turn for turn in found.turns if turn.reached), key=lambda turn: -turn.points)
    return [page.stage_of(name) for name in list(dict.fromkeys(turn.stage for turn in order))[:2]]


def lessons_for(page: Page, found: Debrief) -> list[tuple[str, str]]:
    """Return the lessons to read next: those of the costliest stages, then the scenario's own; title and address."""
    written = [stage.lesson for stage in worst_stages(page, found) if stage.lesson]
    course = page.scenario.course_id
    shown: dict[str, str] = {}
    for ref in (*written, *page.scenario.shape.lessons):
        name, _, anchor = ref.partition("#")
        lesson: Lesson | None = current().lesson(name if "/" in name else f"{course}/{name}")
        if lesson:
            shown.setdefault(lesson.title, addresses.lesson(lesson.course_id, lesson.id, anchor))
    return list(shown.items())[:3]


def practice_url(page: Page, found: Debrief) -> str:
    """Return the way to five questions on the objectives of the costliest stages."""
    objectives = dict.fromkeys(name for stage in worst_stages(page, found) for name in stage.objective)
    chosen = [f"{page.scenario.course_id}/{name}" for name in objectives]
    return url_for("sittings.practice", objective=chosen, size=5)

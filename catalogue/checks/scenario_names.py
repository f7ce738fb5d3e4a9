"""Whether every expression of a scenario can be read, and asks only for what is there at that moment."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from catalogue.checks.found import Found, Place
from catalogue.expressions import KNOWN, WrongExpression, names_in
from catalogue.measures import MEASURES
from catalogue.schema.scenario import ARGUMENTS, EffectShape, FigureShape, NoiseShape, ScenarioShape

PLAYED = frozenset(["played"])
TELLING = PLAYED | {"regret", "best"}
CLOCK = frozenset(["tick", "week"])


@dataclass(frozen=True)
class Names:
    """The names of a scenario."""

    scenario: ScenarioShape

    @cached_property
    def changeable(self) -> frozenset[str]:
        """Return what choices and events may change."""
        return frozenset([*self.scenario.params, *self.scenario.state, *self.scenario.policy])

    @cached_property
    def clock(self) -> frozenset[str]:
        """Return the names of the time."""
        return CLOCK | {self.scenario.clock.unit}

    @cached_property
    def flows(self) -> frozenset[str]:
        """Return everything that is calculated."""
        return frozenset([*self.scenario.flows, *(name for phase in self.scenario.phases for name in phase.flows)])

    @cached_property
    def all(self) -> frozenset[str]:
        """Return everything that has a value."""
        return self.changeable | self.clock | self.flows | self.scenario.noise.keys()

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Return what is shown only afterwards."""
        return frozenset(name for name, state in self.scenario.state.items() if state.reveal)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Return the figures that a text may name: rows of ledgers and KPIs."""
        rows = (row.name for ledger in self.scenario.ledgers for row in ledger.rows)
        return frozenset([*rows, *self.scenario.kpis])


def name_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """Return every expression that cannot be read or asks for what is not there."""
    names = Names(scenario)
    yield from double_names(scenario, names)
    yield from noise_problems(scenario, names)
    yield from flow_problems(scenario, names)
    yield from stage_problems(scenario, names)
    yield from event_problems(scenario, names)
    yield from figure_problems(scenario, names)
    yield from telling_problems(scenario, names)


def unknown(place: Place, text: object, known: Set[str], why: str = "is not defined anywhere") -> Iterator[Found]:
    """Return what is wrong with an expression where these names are known; numbers are always right."""
    if not isinstance(text, str):
        return
    try:
        asked = names_in(text, KNOWN)
    except WrongExpression as error:
        yield Found(place, f"The expression {error}.")
        return
    yield from (Found(place, f"`{name}` {why}.") for name in sorted(asked - known))


def double_names(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """A name means one thing; a flow may give a state its next value."""
    seen: dict[str, str] = {}
    for part in ("params", "state", "policy", "noise"):
        for name in getattr(scenario, part):
            if name in seen:
                yield Found((part, name), f"`{name}` stands among `{seen[name]}` already; choose another name.")
            elif name in names.clock or name in KNOWN:
                yield Found((part, name), f"`{name}` is the name of a function or of the time; choose another.")
            seen[name] = part
    for place, name in flow_places(scenario):
        if seen.get(name) in ("params", "policy", "noise") or name in names.clock or name in KNOWN:
            yield Found(place, f"`{name}` has a meaning already; a flow sets a state, or a name of its own.")


def flow_places(scenario: ScenarioShape) -> Iterator[tuple[Place, str]]:
    """Return every flow with its place."""
    yield from ((("flows", name), name) for name in scenario.flows)
    for index, phase in enumerate(scenario.phases):
        yield from ((("phases", index, "flows", name), name) for name in phase.flows)


def noise_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """Every draw has what its distribution needs, from what is known before it."""
    known = set(names.changeable | names.clock | names.flows)
    for name, shape in scenario.noise.items():
        yield from argument_problems(("noise", name), shape)
        for argument in ARGUMENTS[shape.dist]:
            why = "is not defined, or only further down; a draw may use draws above it"
            yield from unknown(("noise", name, argument), getattr(shape, argument), known, why)
        known.add(name)


def argument_problems(place: Place, shape: NoiseShape) -> Iterator[Found]:
    """A distribution has exactly the arguments it needs."""
    needed = set(ARGUMENTS[shape.dist])
    there = {name for name in NoiseShape.model_fields if name != "dist" and getattr(shape, name) is not None}
    if needed != there:
        yield Found(place, f"`{shape.dist}` needs {' and '.join(ARGUMENTS[shape.dist])}, and nothing else.")


def flow_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """Flows run from top to bottom: each uses what stands above it."""
    why = "is not defined, or is calculated only further down; put it above, or make it a state"
    before = set(names.changeable | names.clock | scenario.noise.keys())
    for name, text in scenario.flows.items():
        yield from unknown(("flows", name), text, before, why)
        before.add(name)
    for index, phase in enumerate(scenario.phases):
        for name, text in phase.flows.items():
            yield from unknown(("phases", index, "flows", name), text, before, why)
            before.add(name)  # and later phases find it as this one left it
        yield from unknown(("phases", index, "until"), phase.until, names.all)


def stage_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """Conditions and effects of the stages."""
    for index, stage in enumerate(scenario.stages):
        yield from unknown(("stages", index, "when"), stage.when, names.all)
        for k, choice in enumerate(stage.choices):
            yield from effect_problems(("stages", index, "choices", k), choice, names)
            for n, later in enumerate(choice.schedule):
                yield from effect_problems(("stages", index, "choices", k, "schedule", n), later, names)


def event_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """Conditions, chances and effects of the events."""
    for index, event in enumerate(scenario.events):
        yield from unknown(("events", index, "when"), event.when, names.all)
        yield from unknown(("events", index, "prob"), event.prob, names.all)
        yield from effect_problems(("events", index), event, names)


def effect_problems(place: Place, effect: EffectShape, names: Names) -> Iterator[Found]:
    """An effect changes parameters, states and policies only."""
    for part in ("set", "add"):
        for name, value in getattr(effect, part).items():
            if name not in names.changeable:
                yield Found(
                    (*place, part, name), f"`{name}` is no parameter, state or policy, so nothing can change it."
                )
            yield from unknown((*place, part, name), value, names.all)


def figure_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """KPIs and ledgers are calculated from what is there, and ledgers from what may be seen."""
    for name, kpi in scenario.kpis.items():
        yield from one_figure(("kpis", name), kpi, names.all)
    for index, ledger in enumerate(scenario.ledgers):
        for k, row in enumerate(ledger.rows):
            place: Place = ("ledgers", index, "rows", k)
            yield from one_figure(place, row, names.all)
            yield from unknown((*place, "bad"), row.bad, names.all | names.figures)
            yield from hidden_problems(place, [row.expr, *row.of.values(), row.bad], names)
        for k, line in enumerate(ledger.chart.lines if ledger.chart else ()):
            place = ("ledgers", index, "chart", "lines", k)
            if line.name not in names.all | {row.name for row in ledger.rows}:
                yield Found(place, f"There is no variable and no row `{line.name}`.")
            yield from hidden_problems(place, [line.name], names)


def hidden_problems(place: Place, texts: list[str | None], names: Names) -> Iterator[Found]:
    """What is shown only afterwards stands in nothing that is shown before."""
    asked: set[str] = set()
    for text in texts:
        try:
            asked |= names_in(text or "0", KNOWN)
        except WrongExpression:
            continue  # told already
    yield from (
        Found(place, f"`{name}` is shown only afterwards (`reveal`), so nothing during play may show it.")
        for name in sorted(asked & names.hidden)
    )


def one_figure(place: Place, figure: FigureShape, known: Set[str]) -> Iterator[Found]:
    """A figure has an expression, or a measure with its inputs."""
    if (figure.expr is None) == (figure.measure is None):
        yield Found(place, "A figure has either `expr` or `measure` with `of`.")
        return
    yield from unknown((*place, "expr"), figure.expr, known)
    if figure.measure is None:
        return
    measure = MEASURES.get(figure.measure)
    if measure is None:
        yield Found((*place, "measure"), f"There is no measure `{figure.measure}`; there are {', '.join(MEASURES)}.")
    elif set(measure.inputs) != figure.of.keys():
        yield Found(
            (*place, "of"), f"`{figure.measure}` is calculated of {', '.join(measure.inputs)}; name each of them."
        )
    for name, text in figure.of.items():
        yield from unknown((*place, "of", name), text, known)


def telling_problems(scenario: ScenarioShape, names: Names) -> Iterator[Found]:
    """Conditions of the debrief may also ask what was played."""
    stages = {stage.id for stage in scenario.stages}
    for place, text in telling_conditions(scenario):
        telling = PLAYED if place[0] == "tests" else TELLING  # regret needs a run to look back on
        try:
            asked = names_in(text, KNOWN | telling, texts=True)
        except WrongExpression as error:
            yield Found(place, f"The expression {error}.")
            continue
        for name in sorted(asked - names.all - names.figures):
            yield Found(place, f"`{name}` is not defined anywhere.")
        for name in quoted_stages(text):
            if name not in stages:
                yield Found(place, f"There is no stage `{name}`.")


def telling_conditions(scenario: ScenarioShape) -> Iterator[tuple[Place, str]]:
    """Return the conditions of the debrief and of the author's expectations."""
    for part in ("headlines", "debrief"):
        for index, rule in enumerate(getattr(scenario, part)):
            if rule.when:
                yield (part, index, "when"), rule.when
    for index, lens in enumerate(scenario.lenses):
        for side in ("project", "service"):
            for k, rule in enumerate(getattr(lens, side)):
                if rule.when:
                    yield ("lenses", index, side, k, "when"), rule.when
    for index, test in enumerate(scenario.tests):
        yield ("tests", index, "expect"), test.expect


def quoted_stages(text: str) -> list[str]:
    """Return the ids that a condition asks played(), regret() or best() about."""
    return re.findall(r"(?:played|regret|best)\(\s*['\"]([^'\"]*)['\"]\s*\)", text)

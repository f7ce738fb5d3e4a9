"""What must hold within a scenario: its ids, its references, its weights, and its expressions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from catalogue.checks.found import Found, Place
from catalogue.checks.scenario_names import Names, name_problems
from catalogue.schema.scenario import ScenarioShape, StageShape

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
DURING = frozenset(["stages", "events"])
AFTER = frozenset(["headlines", "debrief", "lenses"])
LONGEST_LABEL = 90


def scenario_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """Return everything that is wrong with a scenario in itself."""
    yield from double_ids(scenario)
    yield from state_problems(scenario)
    yield from phase_problems(scenario)
    for index, stage in enumerate(scenario.stages):
        yield from (found.below("stages", index) for found in one_stage(stage, scenario))
    yield from event_references(scenario)
    yield from weight_problems(scenario)
    yield from context_problems(scenario)
    yield from prediction_problems(scenario)
    yield from choice_references(scenario)
    yield from place_problems(scenario)
    yield from name_problems(scenario)


def double_ids(scenario: ScenarioShape) -> Iterator[Found]:
    """No id stands twice."""
    for part in ("cast", "phases", "stages", "events", "ledgers"):
        yield from doubles((part,), [one.id for one in getattr(scenario, part)])
    for index, stage in enumerate(scenario.stages):
        yield from doubles(("stages", index, "choices"), [choice.id for choice in stage.choices])
        yield from (
            Found(("stages", k), f"`{other.id}` is what the turns of `{stage.id}` are called; choose another id.")
            for k, other in enumerate(scenario.stages)
            if stage.every and re.fullmatch(rf"{re.escape(stage.id)}-\d+", other.id)
        )
    rows = [row.name for ledger in scenario.ledgers for row in ledger.rows]
    yield from (Found(("ledgers",), f"Two figures are called `{name}`.") for name in twice([*rows, *scenario.kpis]))


def doubles(place: Place, ids: list[str]) -> Iterator[Found]:
    """Return ids that stand twice in a list."""
    yield from (Found((*place, ids.index(name)), f"`{name}` stands twice here.") for name in twice(ids))


def twice(ids: Iterable[str]) -> list[str]:
    """Return what stands more than once."""
    return [name for name, count in Counter(ids).items() if count > 1]


def state_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """A state begins within its bounds."""
    for name, state in scenario.state.items():
        if not state.min <= state.start <= state.max:
            yield Found(("state", name), f"`{name}` begins at {state.start:g}, outside {state.min:g} to {state.max:g}.")
    for name in sorted(scenario.words.keys() - Names(scenario).all):
        yield Found(("words", name), f"There is no variable `{name}`.")


def phase_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """The phases fit into the time."""
    planned = sum(phase.planned for phase in scenario.phases)
    if planned > scenario.clock.ticks:
        yield Found(
            ("clock", "ticks"),
            f"The phases are planned for {planned} steps, and the clock ends after {scenario.clock.ticks}.",
        )


def one_stage(stage: StageShape, scenario: ScenarioShape) -> Iterator[Found]:
    """A stage stands in a phase, within its time, and its references lead somewhere."""
    planned = {phase.id: phase.planned for phase in scenario.phases}
    if stage.phase not in planned:
        yield Found(("phase",), f"There is no phase `{stage.phase}`.")
    elif stage.at > planned[stage.phase]:
        yield Found(("at",), f"The phase is planned for {planned[stage.phase]} steps; this stage would come after it.")
    if stage.speaker and stage.speaker not in {one.id for one in scenario.cast}:
        yield Found(("speaker",), f"There is no `{stage.speaker}` in the cast.")
    for k, name in enumerate(stage.see):
        if name not in {ledger.id for ledger in scenario.ledgers}:
            yield Found(("see", k), f"There is no ledger `{name}`.")
    if stage.when and not stage.default:
        yield Found((), "A stage with `when` names its `default`: what is so where nobody was asked.")
    if stage.default and stage.default not in {choice.id for choice in stage.choices}:
        yield Found(("default",), f"There is no choice `{stage.default}`.")
    yield from choice_problems(stage)


def choice_problems(stage: StageShape) -> Iterator[Found]:
    """At most one choice is a trap, and their labels can be read at a glance."""
    if sum(choice.trap for choice in stage.choices) > 1:
        yield Found(("choices",), "At most one choice is a trap.")
    for k, choice in enumerate(stage.choices):
        if len(choice.label) > LONGEST_LABEL:
            yield Found(
                ("choices", k, "label"), f"{len(choice.label)} characters; a label has {LONGEST_LABEL} at most."
            )


def event_references(scenario: ScenarioShape) -> Iterator[Found]:
    """An event stands in a phase, and happens for a reason."""
    phases, cast = {phase.id for phase in scenario.phases}, {one.id for one in scenario.cast}
    for index, event in enumerate(scenario.events):
        if event.phase not in phases:
            yield Found(("events", index, "phase"), f"There is no phase `{event.phase}`.")
        if event.speaker and event.speaker not in cast:
            yield Found(("events", index, "speaker"), f"There is no `{event.speaker}` in the cast.")
        if event.at is None and event.when is None and event.prob is None:
            yield Found(("events", index), "An event needs `at`, `when` or `prob`.")


def weight_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """The score weighs KPIs, on both sides, and its weights add up to 1."""
    for name in scenario.score.keys() - scenario.kpis.keys():
        yield Found(("score", name), f"There is no KPI `{name}`.")
    total = sum(scenario.score.values())
    if abs(total - 1) > 1e-6:
        yield Found(("score",), f"The weights add up to {total:g}; they have to make 1.")
    sides = {kpi.side for name, kpi in scenario.kpis.items() if name in scenario.score}
    if not {"project", "service"} <= sides:
        yield Found(("score",), "Both sides have to count: at least one KPI of the project and one of the service.")


def context_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """A context changes parameters and weights that are there."""
    for name, context in scenario.contexts.items():
        for param in context.params.keys() - scenario.params.keys():
            yield Found(("contexts", name, "params", param), f"There is no parameter `{param}`.")
        for kpi in context.weights.keys() - scenario.score.keys():
            yield Found(("contexts", name, "weights", kpi), f"`{kpi}` does not count in the score.")


def prediction_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """What is predicted is a KPI."""
    for index, one in enumerate(scenario.predict):
        if one.kpi not in scenario.kpis:
            yield Found(("predict", index, "kpi"), f"There is no KPI `{one.kpi}`.")
        if one.low >= one.high:
            yield Found(("predict", index), "`low` has to be below `high`.")


def choice_references(scenario: ScenarioShape) -> Iterator[Found]:
    """Expectations and the worked run name stages and choices that are there."""
    choices = {stage.id: {choice.id for choice in stage.choices} for stage in scenario.stages}
    named: list[tuple[Place, dict[str, str]]] = [
        (("tests", index, "given"), test.given) for index, test in enumerate(scenario.tests)
    ]
    if scenario.worked:
        named.append((("worked", "choices"), scenario.worked.choices))
        for name in scenario.worked.say.keys() - choices.keys():
            yield Found(("worked", "say", name), f"There is no stage `{name}`.")
    for place, given in named:
        for stage, choice in given.items():
            if choice not in choices.get(stage, ()):
                yield Found((*place, stage), f"There is no choice `{choice}` in a stage `{stage}`.")
    for index, test in enumerate(scenario.tests):
        if test.context and test.context not in scenario.contexts and test.context != "base":
            yield Found(("tests", index, "context"), f"There is no context `{test.context}`.")


def place_problems(scenario: ScenarioShape) -> Iterator[Found]:
    """Braces in a text name a figure: a row of a ledger, or, once the play is over, a KPI."""
    rows, figures = Names(scenario).figures - scenario.kpis.keys(), Names(scenario).figures
    for place, text in (*scenario_texts(scenario), *title_texts(scenario)):
        during, after = place[-1] in ("prompt", "say") and place[0] in DURING, place[0] in AFTER
        known = rows if during else figures if after else frozenset[str]()
        for name in PLACE.findall(text):
            if not during and not after:
                yield Found(place, f"{{{name}}} would stand there as it is; no figures are filled in here.")
            elif name not in known:
                yield Found(place, f"{{{name}}} is no figure of a ledger{'' if during else ' and no KPI'}.")


def title_texts(scenario: ScenarioShape) -> Iterator[tuple[Place, str]]:
    """Return the titles that are filled with figures."""
    yield from ((("headlines", index, "title"), one.title) for index, one in enumerate(scenario.headlines))


def scenario_texts(scenario: ScenarioShape) -> Iterator[tuple[Place, str]]:
    """Return every text that is rendered, with its place."""
    yield ("summary",), scenario.summary
    yield ("story",), scenario.story
    for index, stage in enumerate(scenario.stages):
        yield ("stages", index, "prompt"), stage.prompt
        for k, choice in enumerate(stage.choices):
            yield ("stages", index, "choices", k, "learn"), choice.learn
    for index, event in enumerate(scenario.events):
        if event.say:
            yield ("events", index, "say"), event.say
    for name, context in scenario.contexts.items():
        yield ("contexts", name, "text"), context.text
    for part in ("headlines", "debrief"):
        yield from (((part, index, "say"), rule.say) for index, rule in enumerate(getattr(scenario, part)))
    for index, lens in enumerate(scenario.lenses):
        for side in ("project", "service"):
            yield from ((("lenses", index, side, k, "say"), rule.say) for k, rule in enumerate(getattr(lens, side)))
    if scenario.worked:
        yield ("worked", "text"), scenario.worked.text
        yield from ((("worked", "say", name), text) for name, text in scenario.worked.say.items())

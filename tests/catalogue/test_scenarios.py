"""What an author is told about a scenario: the line, the fault, and the mend."""

import pytest

from tests.simulations.harbour import SOURCE, faults, shape

FAULTS = [
    ("cast: []", ("  - {id: mia, name: Mia Torres, role: Harbour master}", "  []"), "There is no `mia` in the cast"),
    ("flow", ('work: "work - done"', 'work: "work - undone"'), "`undone` is not defined, or is calculated only further down"),
    ("order", ('done: "min(work, 12 * (1 - testing))"', 'done: "min(work, 12 * passed)"'), "`passed` is not defined, or is calculated only"),
    ("loop", ('mean: "ships * (1 + 0.02 * flaws)"', 'mean: "arrivals"'), "`arrivals` is not defined, or only further down"),
    ("arguments", ('dist: poisson, mean: "ships * (1 + 0.02 * flaws)"', "dist: binomial, n: 4"), "`binomial` needs n and p, and nothing else"),
    ("escape", ('"work <= 0 or week >= 6"', "\"().__class__\""), "holds something that is not arithmetic"),
    ("call", ('"work <= 0 or week >= 6"', "\"open('x')\""), "may only call"),
    ("effect", ("set: {testing: 0.05}", "set: {done: 0.05}"), "`done` is no parameter, state or policy"),
    ("amount", ("add: {trust: 4}", 'add: {trust: "nothing_here"}'), "`nothing_here` is not defined anywhere"),
    ("double", ("- {id: sorry,", "- {id: silent,"), "`silent` stands twice here"),
    ("phase", ("phase: service\n    at: 4", "phase: summer\n    at: 4"), "There is no phase `summer`"),
    ("late", ("    at: 4\n", "    at: 40\n"), "this stage would come after it"),
    ("default", ("    default: silent\n", ""), "names its `default`"),
    ("no default", ("default: silent", "default: shout"), "There is no choice `shout`"),
    ("see", ("see: [books]", "see: [diary]"), "There is no ledger `diary`"),
    ("weights", ("score: {spent: 0.4, trust: 0.4, latent: 0.2}", "score: {spent: 0.4, trust: 0.4, latent: 0.3}"), "The weights add up to 1.1"),
    ("sides", ("score: {spent: 0.4, trust: 0.4, latent: 0.2}", "score: {trust: 0.5, latent: 0.5}"), "Both sides have to count"),
    ("kpi", ("predict:\n  - {kpi: trust", "predict:\n  - {kpi: glory"), "There is no KPI `glory`"),
    ("context", ("params: {ships: 14}", "params: {boats: 14}"), "There is no parameter `boats`"),
    ("measure", ("measure: cpi, of: {ev: worth", "measure: cpi, of: {pv: worth"), "`cpi` is calculated of ev, ac"),
    ("no measure", ("measure: cpi,", "measure: happiness,"), "There is no measure `happiness`"),
    ("hidden row", ("label: Pieces left, expr: work", "label: Pieces left, expr: flaws"), "`flaws` is shown only afterwards"),
    ("hidden line", ("lines: [{name: waiting, label: waiting}]", "lines: [{name: flaws, label: flaws}]"), "`flaws` is shown only afterwards"),
    ("hidden text", ("There are {left} pieces", "There are {latent} pieces"), "{latent} is no figure of a ledger"),
    ("bounds", ("flaws: {start: 0, min: 0", "flaws: {start: 0, min: 1"), "`flaws` begins at 0, outside 1 to 60"),
    ("clock", ("ticks: 14", "ticks: 8"), "The phases are planned for 10 steps"),
    ("played", ("played('testing') == 'little'", "played('gate') == 'little'"), "There is no stage `gate`"),
    ("expectation", ("given: {testing: little}", "given: {testing: a-lot}"), "There is no choice `a-lot`"),
    ("twice a name", ("policy: {testing: 0.2", "policy: {work: 0.2"), "`work` stands among `state` already"),
    ("the clock's name", ("params: {ships: 10}", "params: {week: 10}"), "`week` is the name of a function or of the time"),
    ("silent event", ("at: 3, prob: 0.5, say", "say"), "An event needs `at`, `when` or `prob`"),
    ("turn", ("  - id: apology\n", "  - id: crew-2\n"), "is what the turns of `crew` are called"),
    ("regret expected", ('expect: "latent > 5"', "expect: \"regret('testing') > 5\""), "may only call"),
    ("braces in the story", ("You build a **gate**", "You build {left} **gates**"), "no figures are filled in here"),
    ("braces in a title", ("title: Trust grew.", "title: 'Trust grew to {glory}.'"), "{glory} is no figure of a ledger and no KPI"),
    ("too few values", ('"clip(flaws + done * (0.6 - 2 * testing), 0, 60)"', '"clip(flaws, 0)"'), "gives clip 2 of the 3 values"),
    ("unknown key", ("minutes: 5", "minutes: 5\nversion: 2"), "version"),
    ("one choice", ("      - {id: much, label: A quarter of the time, shows: [slow], set: {testing: 0.25}, learn: Flaws come out.}\n", ""), "choices"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), [pytest.param(*one[1:], id=one[0]) for one in FAULTS])
def test_a_fault_is_told_with_its_line(change, sentence):
    told = faults(change)
    assert any(sentence in fault for fault in told), told
    line = min(int(fault.partition(":")[0]) for fault in told if sentence in fault)
    assert 1 <= line <= SOURCE.count("\n") + 1


def test_a_scenario_without_faults_has_none():
    assert faults() == []


def test_the_line_is_that_of_the_expression():
    old = 'flaws: "clip(flaws + done * (0.6 - 2 * testing), 0, 60)"'
    line = SOURCE[: SOURCE.index(old)].count("\n") + 1
    assert faults((old, 'flaws: "clip(flaws, 0"')) == [f"{line}: The expression cannot be read as arithmetic."]


def test_decisions_that_come_again_are_all_counted():
    assert shape().decisions == 5  # testing, three times the crew, and the apology if it comes
    assert shape(("    every: 2\n", "")).decisions == 3
    assert shape(("    every: 2\n", "    every: 9\n")).decisions == 3

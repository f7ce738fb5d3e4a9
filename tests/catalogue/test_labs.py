"""Labs: their steps agree with published examples, refuse what contradicts itself, and work with any figures they draw."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.faults import Faults
from catalogue.labs.critical_path import CriticalPath, Task, dated
from catalogue.labs.kinds import LABS
from catalogue.labs.saying import bare, said
from catalogue.labs.written import written_lab

EXAMPLES = {
    "earned-value": "bac: 100000\npv: 50000\nev: 40000\nac: 45000",
    "three-point-estimate": "tasks:\n  - {name: Design, best: 4, likely: 6, worst: 14}\n  - {name: Build, best: 10, likely: 14, worst: 24}",
    "critical-path": "tasks:\n  - {id: a, name: Plan, days: 5}\n  - {id: b, name: Build, days: 10, after: [a]}\n"
    "  - {id: c, name: Train, days: 4, after: [a]}\n  - {id: d, name: Launch, days: 2, after: [b, c]}",
    "service-levels": "period: 728\nmaintenance: 8\nfailures:\n  - {at: 100, hours: 2}\n  - {at: 300, hours: 3}\n  - {at: 600, hours: 1}",
    "error-budget": "objective: 99.9\ndays: 30\nday: 12\nbad: 21.6",
    "benefits": "cost: 100000\nyearly: 40000\nyears: 3\nrate: 10",
    "total-cost": "years: 5\noffers:\n"
    "  - {name: North, build: 90000, run: 40000, change: 20000, down: 20, hour: 400, retire: 5000}\n"
    "  - {name: South, build: 150000, run: 28000, change: 12000, down: 8, hour: 400, retire: 8000}",
}
EXPECTED = [
    ("earned-value", {"cv": -5_000, "sv": -10_000, "cpi": 0.8889, "spi": 0.8, "eac": 112_500, "eac_at_plan": 105_000}),
    ("earned-value", {"eac_both": 129_375, "etc": 67_500, "vac": -12_500, "tcpi": 1.0909}),
    ("three-point-estimate", {"expected-1": 7, "deviation-1": 1.6667, "expected": 22, "deviation": 2.8674, "triangular": 24}),
    ("critical-path", {"finish-b": 15, "finish-d": 17, "length": 17, "float-a": 0, "float-c": 6}),
    ("service-levels", {"agreed": 720, "down": 6, "availability": 99.1667, "mtrs": 2, "mtbf": 238, "mtbsi": 240, "mtbf_reliability": 240}),
    ("error-budget", {"error_budget": 43.2, "budget_left": 21.6, "budget_spent": 50, "burn_rate": 1.25, "gone": 24}),
    ("benefits", {"roi": 20, "payback": 2.5, "year-2": 33_057.85, "present": 99_474, "npv": -526}),
    ("total-cost", {"yearly-1": 68_000, "total-1": 435_000, "total-2": 374_000, "difference": -61_000, "even": 2.4194}),
]  # fmt: skip


def worked(kind, text=None):
    lab = written_lab(kind, text or EXAMPLES[kind])
    return LABS[kind].work(lab.figures)


@pytest.mark.parametrize(("kind", "expected"), EXPECTED)
def test_a_lab_works_out_the_published_figures(kind, expected):
    found = {step.id: step.value for step in worked(kind).steps}
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_step_says_how_it_is_done(kind):
    assert all(step.written and step.inserted and step.title for step in worked(kind).steps)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_answer_counts_when_it_is_rounded_as_it_is_asked_for(kind):
    places = {"": 2, "%": 2, "€": 0, "min": 0}
    for step in worked(kind).steps:
        assert step.is_found_by(round(step.value, places.get(step.unit, 1)))


def test_the_hours_of_the_calendar_give_an_availability_that_does_not_count():
    step = worked("service-levels").step("availability")
    assert not step.is_found_by(100 * (728 - 6) / 728)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_other_figures_always_fit_and_can_be_worked_out(kind):
    lab = written_lab(kind, EXAMPLES[kind])
    for seed in range(200):
        figures = LABS[kind].others(lab.figures, Random(seed))
        assert LABS[kind].shape.model_validate(figures.model_dump()) == figures
        found = LABS[kind].work(figures)
        assert found.reading and found.picture.spoken


CONTRADICTIONS = [
    (
        "critical-path",
        "tasks:\n  - {id: a, name: Plan, days: 5}\n  - {id: a, name: Build, days: 1}",
        "two tasks with the id a",
    ),
    ("service-levels", "period: 10\nmaintenance: 10\nfailures: [{at: 1, hours: 1}]", "nothing is left"),
    (
        "service-levels",
        "period: 100\nfailures:\n  - {at: 1, hours: 5}\n  - {at: 4, hours: 1}",
        "begins before the one before it is over",
    ),
    ("service-levels", "period: 100\nfailures: [{at: 99, hours: 5}]", "ends at hour 104, after the period"),
    (
        "service-levels",
        "period: 100\nmaintenance: 60\nfailures: [{at: 1, hours: 50}]",
        "last longer than the service was agreed for",
    ),
    ("error-budget", "objective: 99.9\ndays: 30\nday: 31\nbad: 1", "31 days have gone by of a period of 30"),
    ("error-budget", "objective: 99.9\ndays: 30\nday: 1\nbad: 1441", "more than 1 days have"),
    ("earned-value", "bac: 9\npv: 5\nev: 4\nac: 4\nfade: cpi", "`fade` is a list"),
    ("earned-value", "bac: 9\npv: 5\nev: 4\nac: 4\nfade: [cpi, cpi]", "names a step twice"),
    ("earned-value", "bac: 9\npv: 5\nev: 4", "`ac` is missing here"),
    (
        "total-cost",
        "years: 5\noffers:\n  - {name: A, build: 1, run: 1, change: 1, down: 1, hour: 1, retire: 1}",
        "`offers` needs 2 or more",
    ),
]


@pytest.mark.parametrize(("kind", "text", "sentence"), CONTRADICTIONS)
def test_figures_that_contradict_one_another_are_refused_with_a_sentence(kind, text, sentence):
    with pytest.raises(Faults, match=sentence):
        written_lab(kind, text)


def test_a_fault_names_the_line_of_the_lesson():
    with pytest.raises(Faults) as caught:
        written_lab("earned-value", "bac: 9\npv: 5\nev: x\nac: 4", above=40)
    assert caught.value.faults[0].line == 43


def test_what_cannot_be_worked_out_says_so_instead():
    assert "budget is spent" in worked("earned-value", "bac: 10\npv: 5\nev: 4\nac: 12").step("tcpi").instead
    assert "Not within 3" in worked("benefits", "cost: 100\nyearly: 10\nyears: 3\nrate: 5").step("payback").instead
    assert (
        "Nothing is spent" in worked("error-budget", "objective: 99.9\ndays: 30\nday: 3\nbad: 0").step("gone").instead
    )


@given(
    st.lists(st.tuples(st.integers(0, 20), st.sets(st.integers(0, 6), max_size=3)), min_size=2, max_size=7),
)
@settings(max_examples=150, deadline=None)
def test_the_length_of_a_network_is_its_longest_way_through(drawn):
    tasks = [
        Task(
            id=f"t{place}",
            name=f"T{place}",
            days=float(days),
            after=tuple(f"t{one}" for one in sorted(after) if one < place),
        )
        for place, (days, after) in enumerate(drawn)
    ]
    dates = dated(CriticalPath(tasks=tuple(tasks)).tasks)
    assert max(one.finish for one in dates) == max(longest(tasks, task) for task in tasks)
    assert all(one.spare >= 0 for one in dates) and any(one.decides for one in dates)


def longest(tasks, task):
    by_id = {one.id: one for one in tasks}
    return task.days + max((longest(tasks, by_id[name]) for name in task.after), default=0.0)


@given(st.lists(st.floats(1, 30), min_size=3, max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_delay_within_the_float_moves_nothing_and_beyond_it_the_end(days):
    first, second, third = days
    tasks = (
        Task(id="a", name="A", days=first),
        Task(id="b", name="B", days=second),
        Task(id="c", name="C", days=third, after=("a", "b")),
    )
    before = dated(tasks)
    end, spare = before[2].finish, before[0].spare
    later = dated((tasks[0].model_copy(update={"days": first + spare + 1}), *tasks[1:]))
    within = dated((tasks[0].model_copy(update={"days": first + spare}), *tasks[1:]))
    assert within[2].finish == pytest.approx(end) and later[2].finish == pytest.approx(end + 1)


def test_the_order_of_tasks_that_do_not_wait_for_one_another_is_all_the_same():
    tasks = [Task(id=name, name=name, days=days) for name, days in (("a", 3.0), ("b", 5.0), ("c", 4.0))]
    assert {max(one.finish for one in dated(tuple(some))) for some in permutations(tasks)} == {5.0}


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(-526.3, "€", "−€526"), (99.16667, "%", "99.167\u00a0%"), (0.8, "", "0.8"), (1, "days", "1\u00a0day"), (2.5, "years", "2.5\u00a0years"), (1_234.0, "h", "1,234\u00a0h")],
)  # fmt: skip
def test_figures_are_said_as_exactly_as_people_need_them(value, unit, words):
    assert said(value, unit) == words


def test_nothing_below_nothing_has_no_minus():
    assert bare(-0.0001) == "0"

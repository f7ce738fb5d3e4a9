"""The shared measures agree with worked examples that anybody can look up."""

from string import Formatter

import numpy as np
import pytest

from catalogue.measures import MEASURES

# BAC 100,000, PV 50,000, EV 40,000, AC 45,000: the example of every textbook, in its own figures.
EVM = {"bac": 100_000, "pv": 50_000, "ev": 40_000, "ac": 45_000}
SERVICE = {"agreed": 720, "down": 6, "failures": 3}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("cv", EVM, -5_000),
        ("sv", EVM, -10_000),
        ("cpi", EVM, 0.8889),
        ("spi", EVM, 0.8),
        ("eac", EVM, 112_500),
        ("eac_at_plan", EVM, 105_000),
        ("eac_both", EVM, 129_375),
        ("etc", {"eac": 112_500, "ac": 45_000}, 67_500),
        ("vac", {"bac": 100_000, "eac": 112_500}, -12_500),
        ("tcpi", EVM, 1.0909),
        ("tcpi_eac", EVM | {"eac": 112_500}, 0.8889),
        ("availability", SERVICE, 99.1667),
        ("mtrs", SERVICE, 2),
        ("mtbf", SERVICE, 238),
        ("mtbf_reliability", SERVICE, 240),
        ("mtbsi", SERVICE, 240),
        ("error_budget", {"slo": 99.9, "period": 43_200}, 43.2),
        ("burn_rate", {"bad": 0.5, "slo": 99.9}, 5),
        ("first_contact_resolution", {"resolved": 63, "contacts": 90}, 70),
        ("change_failure_rate", {"failed": 3, "changes": 60}, 5),
        ("expected_beta", {"best": 4, "likely": 6, "worst": 14}, 7),
        ("deviation_beta", {"best": 4, "worst": 14}, 1.6667),
        ("expected_triangular", {"best": 4, "likely": 6, "worst": 14}, 8),
        ("roi", {"benefits": 120_000, "cost": 100_000}, 20),
        ("payback", {"cost": 100_000, "yearly": 40_000}, 2.5),
        ("present_value", {"amount": 40_000, "rate": 10, "year": 2}, 33_057.85),
        ("npv", {"present": 99_474, "cost": 100_000}, -526),
        ("total_cost", {"build": 100_000, "yearly": 20_000, "years": 5, "retire": 8_000}, 208_000),
        ("budget_left", {"budget": 43.2, "bad": 20}, 23.2),
        ("budget_spent", {"budget": 43.2, "bad": 21.6}, 50),
    ],
)
def test_a_measure_gives_the_published_figure(name, given, expected):
    measure = MEASURES[name]
    value = measure.formula(**{one: given[one] for one in measure.inputs})
    assert value == pytest.approx(expected, rel=1e-4)


def test_every_measure_names_its_convention_and_works_on_many_values_at_once():
    for measure in MEASURES.values():
        values = measure.formula(**{name: np.array([1.0, 2.0]) + place for place, name in enumerate(measure.inputs)})
        assert measure.convention and values.shape == (2,)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_a_formula_is_written_with_all_of_its_inputs_and_no_other(measure):
    assert {name for _, name, _, _ in Formatter().parse(measure.written) if name} == set(measure.inputs)


def test_the_two_conventions_of_mtbf_differ_by_the_time_to_restore():
    own, theirs = (MEASURES[name] for name in ("mtbf", "mtbf_reliability"))
    restore = MEASURES["mtrs"].formula(6, 3)
    assert theirs.formula(720, 3) - own.formula(720, 6, 3) == restore

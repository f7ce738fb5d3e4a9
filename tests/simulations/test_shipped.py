"""The scenarios that ship: their verdicts are about their present text, and the rules find today what they say."""

import pytest

from catalogue.commands import check_folder
from core.config import ROOT
from simulations.checking.judging import Effort, judged
from simulations.engine.model import Model

NAMES = ["pickup-launch", "incident-storm", "ward-by-ward", "every-second-friday"]


@pytest.fixture(scope="module")
def scenarios():
    return check_folder(ROOT / "content").courses["project-and-service"].scenarios


def test_all_four_are_offered_to_learners(scenarios):
    assert sorted(scenarios) == sorted(NAMES)
    assert all(one.offered for one in scenarios.values())


def test_the_page_shows_the_tables_of_all_four(scenarios):
    page = (ROOT / "docs" / "scenarios.md").read_text()
    for one in scenarios.values():
        assert f"## {one.shape.title}\n" in page
        for found in one.verdict.options:
            assert f"| {found.stage}: {found.option} |" in page


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_every_rule_holds_when_it_is_measured_anew(scenarios, name):
    one = scenarios[name]
    anew = judged(Model(one.shape), one.digest, Effort())
    assert [rule for rule in anew.rules if not rule.holds] == []
    assert anew.luck == pytest.approx(one.verdict.luck, abs=0.02)
    assert {context: level.policy for context, level in anew.levels.items()} == {
        context: level.policy for context, level in one.verdict.levels.items()
    }

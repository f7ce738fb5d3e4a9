"""flask scenario …: what authors see on their terminal."""

import shutil

import pytest

from catalogue.commands import FIGURES, FIGURES_END
from simulations.commands import group
from tests.conftest import CONTENT

HARBOUR = "rehearsal/harbour"
TURNS = [f"--choose={one}" for one in ("testing=much", "crew=two", "crew-2=three", "apology=sorry")]


@pytest.fixture
def run(app):
    return lambda *words, **rest: app.test_cli_runner().invoke(group, [str(word) for word in words], **rest)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def test_check_prints_the_rules_and_fails_where_one_is_broken(run, folder):
    result = run("check", HARBOUR, "--folder", folder, "--quick")
    assert "## The harbour gate" in result.output
    assert "| No dominant option | **broken** |" in result.output
    assert "| Two sides | holds |" in result.output
    assert result.exit_code == 1


def test_a_quick_check_keeps_nothing_and_a_full_one_keeps_its_verdict(run, folder):
    kept = folder / "rehearsal" / "scenarios" / "verdicts" / "harbour.yaml"
    before = kept.read_text()
    run("check", HARBOUR, "--folder", folder, "--quick")
    assert kept.read_text() == before
    run("check", HARBOUR, "--folder", folder)
    assert "No dominant option" in kept.read_text()
    assert not list(kept.parent.glob("*.part"))


def test_check_renews_the_tables_of_a_page_and_leaves_its_other_words(run, folder, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"# Mine\n\n{FIGURES}\nyesterday\n{FIGURES_END}\n\nThe end.\n")
    run("check", "--folder", folder, "--quick", "--write", page)
    text = page.read_text()
    assert text.startswith("# Mine") and text.endswith("The end.\n")
    assert "## The harbour gate" in text and "yesterday" not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "rehearsal/ferry"), "There is no scenario rehearsal/ferry; there are rehearsal/harbour."),
        (("check", HARBOUR, "--write", "/dev/null"), "--write renews the tables of all scenarios, so name none."),
        (("check", "--write", "nowhere.md"), "'nowhere.md' does not exist"),
        (("play", HARBOUR, "--context", "calm"), "There are no conditions calm; there are base, busy."),
        (("play", HARBOUR, "--choose", "testing=none"), "There is no choice none at testing; there are little, much."),
    ],
)
def test_what_is_not_there_is_named(run, folder, words, said):
    result = run(*words, "--folder", folder)
    assert result.exit_code in (1, 2)
    assert said in result.output


def test_a_fault_is_told_with_its_line(run, folder):
    file = folder / "rehearsal" / "scenarios" / "harbour.yaml"
    file.write_text(file.read_text().replace("speaker: mia", "speaker: leo", 1))
    result = run("check", HARBOUR, "--folder", folder)
    assert "rehearsal/scenarios/harbour.yaml:48: There is no `leo` in the cast" in result.output
    assert result.exit_code == 1


def test_a_play_asks_for_what_was_not_chosen_and_ends_with_its_figures(run, folder):
    whole = run("play", HARBOUR, "--folder", folder, *TURNS)
    assert whole.exit_code == 0
    assert "week 1: How much of the time goes into testing?" in whole.output
    assert "Your decision" not in whole.output
    asked = run("play", HARBOUR, "--folder", folder, *TURNS[1:], input="none\nmuch\n")
    assert "Your decision" in asked.output
    end = whole.output.partition("Money spent")[2]
    assert "Project, service, together" in end
    assert asked.output.endswith(end)


def test_the_same_seed_is_the_same_play_and_another_one_is_not(run, folder):
    plays = [run("play", HARBOUR, "--folder", folder, *TURNS, "--seed", seed).output for seed in (1, 1, 2)]
    assert plays[0] == plays[1] != plays[2]

"""flask content …: what authors see on their terminal."""

import json

import pytest

from catalogue.commands import content, sync_content
from tests.catalogue.conftest import LESSON_PATH


@pytest.fixture
def run(house):
    return lambda *words: house.test_cli_runner().invoke(content, words)


def break_lesson(folder):
    file = folder / LESSON_PATH
    file.write_text(file.read_text().replace("term:early", "term:late"))


def test_check_says_that_all_is_well(run, folder):
    result = run("check", str(folder))
    assert result.exit_code == 0
    assert "1 course, 1 lesson, 3 questions, 1 term, 1 role, 1 media file: all is well" in result.output


def test_check_names_file_line_and_mend_and_fails(run, folder):
    break_lesson(folder)
    result = run("check", str(folder))
    assert result.exit_code == 1
    assert "content/c/lessons/time-and-ends.md:7: glossary.yaml has no term" in result.output
    assert result.output.endswith("1 fault in 1 file.\n")


def test_check_reads_the_settings_folder_when_none_is_named(run):
    assert run("check").exit_code == 0


def test_sync_tells_what_it_did(run, folder):
    assert "6 documents published, 0 withdrawn, 0 in conflict." in run("sync", str(folder)).output
    break_lesson(folder)
    result = run("sync", str(folder))
    assert result.exit_code == 1 and "nothing was published" in result.output


def test_export_writes_files(run, folder, tmp_path):
    run("sync", str(folder))
    assert "6 files written" in run("export", str(tmp_path / "out")).output


def test_schema_is_json_schema(run):
    assert json.loads(run("schema", "bank").output)["properties"]["questions"]
    assert set(json.loads(run("schema").output)) == {
        "course",
        "lesson",
        "bank",
        "exam",
        "scenario",
        "verdict",
        "glossary",
        "careers",
    }


def test_a_start_with_faults_keeps_the_last_good_material(house, run, folder, capsys):
    sync_content(folder)
    break_lesson(folder)
    sync_content(folder)
    assert "stays live" in capsys.readouterr().out


def test_a_first_start_with_faults_fails(house, folder):
    import click

    break_lesson(folder)
    with pytest.raises(click.ClickException):
        sync_content(folder)

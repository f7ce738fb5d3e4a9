"""Backing up: at one moment, all or nothing, and readable without the product."""

import hashlib
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import zipfile

import pytest

from accounts.people import add_person
from core.database import Model, writing
from tests.conftest import NOW, PASSWORD
from tests.operations.houses import House, empty_house, filled
from tests.operations.running import begun, make_large, start, wait_for
from tests.quizzes.writer import write_records

__all__ = ["empty_house", "filled"]


def read_table(archive, name):
    return [json.loads(line) for line in archive.read(f"tables/{name}.jsonl").splitlines()]


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture
def learners(app):
    with app.app_context(), writing() as session:
        people = [add_person(f"{name}@example.org", name, PASSWORD, ["learner"], now=NOW) for name in ("eva", "finn")]
        session.flush()
        return [person.id for person in people]


def test_an_archive_is_read_without_the_product(filled, tmp_path):
    filled.backup(tmp_path / "a.zip")
    subprocess.run([sys.executable, "-m", "zipfile", "-e", "a.zip", "out"], cwd=tmp_path, check=True)
    out = tmp_path / "out"
    for line in (out / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest, name
    notes = [json.loads(line) for line in (out / "tables/note.jsonl").read_text().split("\n") if line]
    assert notes[0]["text"] == "Mine. 👩🏽‍🚀"
    assert notes[0]["saved_at"] == "2026-11-02T09:30:00.000000Z"
    assert "sha256sum -c SHA256SUMS" in (out / "README.txt").read_text()


def test_the_files_of_a_row_lie_beside_it(filled, tmp_path):
    filled.backup(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        rows = read_table(archive, "media_file")
        assert len({row["content"] for row in rows}) == 5
        for row in rows:
            assert hashlib.sha256(archive.read(f"media/{row['content']}")).hexdigest() == row["content"]


def test_the_terminal_hears_what_was_written_and_what_was_not(filled, tmp_path):
    said = filled.backup(tmp_path / "a.zip").splitlines()
    rows = sum(len(found) for found in filled.rows().values())
    assert f"{rows:,} rows of {len(Model.metadata.tables)} tables, 5 media files" in said[0]
    assert said[0].endswith("verified.")
    assert "SECRET_KEY" in said[1]
    assert len(said) == 2


def test_only_its_owner_can_read_an_archive(house, tmp_path):
    house.backup(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_not_written_over_unless_told(house, tmp_path):
    file = tmp_path / "a.zip"
    file.write_text("dear")
    code, said = house.run("backup", file)
    assert (code, file.read_text()) == (1, "dear")
    assert said == f"Error: {file} is there already; choose another name, or add --force to replace it.\n"
    house.backup(file, "--force")
    assert zipfile.is_zipfile(file)
    assert os.listdir(tmp_path).count("a.zip.part") == 0


def test_no_table_refers_to_itself_so_their_order_is_enough():
    for table in Model.metadata.sorted_tables:
        assert table not in [key.column.table for key in table.foreign_keys], table.name


def test_a_database_without_tables_has_nothing_to_back_up(empty_house, tmp_path):
    code, said = empty_house("postgresql").run("backup", tmp_path / "a.zip")
    assert (code, said) == (1, "Error: This database has no tables yet, so there is nothing to back up.\n")
    assert not list(tmp_path.glob("a.zip*"))


def test_a_missing_database_file_is_not_made(empty_house, tmp_path):
    empty = empty_house("sqlite")
    code, said = empty.run("backup", tmp_path / "a.zip")
    assert code == 1
    assert "There is no database at" in said
    assert not list(tmp_path.rglob("handover.sqlite"))


def test_a_backup_while_others_write_is_of_one_moment(house, learners, tmp_path):
    spawn = multiprocessing.get_context("spawn")
    go = spawn.Barrier(len(learners) + 1)
    url = house.app.extensions["settings"].database_url
    writers = [spawn.Process(target=write_records, args=(url, learner, 400, go)) for learner in learners]
    for writer in writers:
        writer.start()
    go.wait()
    lengths = []
    while any(writer.is_alive() for writer in writers):
        house.backup(tmp_path / "a.zip", "--force")
        with zipfile.ZipFile(tmp_path / "a.zip") as archive:
            records, counts = read_table(archive, "record"), read_table(archive, "objective_count")
        for learner in learners:
            numbers = [row["number"] for row in records if row["learner_id"] == learner]
            assert sorted(numbers) == list(range(1, len(numbers) + 1))
            assert [row["answers"] for row in counts if row["learner_id"] == learner] == (
                [len(numbers)] if numbers else []
            )
        lengths.append(len(records))
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert len({length for length in lengths if 0 < length < 800}) >= 2, lengths


def test_a_folder_that_takes_no_files(house):
    code, said = house.run("backup", "/sys/a.zip")
    assert (code, said) == (1, "Error: /sys/a.zip was not written: Permission denied.\n")


def test_a_folder_that_is_not_there(house, tmp_path):
    code, said = house.run("backup", tmp_path / "no" / "a.zip")
    assert (code, said) == (1, f"Error: {tmp_path}/no/a.zip was not written: No such file or directory.\n")


def test_a_folder_is_no_file(house, tmp_path):
    code, said = house.run("backup", tmp_path)
    assert (code, said) == (1, f"Error: {tmp_path} is a folder; name a file in it.\n")


def let_files_be_small():
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_disk_that_is_full_leaves_nothing(house, learners, tmp_path):
    make_large(house.app, learners[0], 5_000)
    process = start(house, "backup", tmp_path / "a.zip", preexec_fn=let_files_be_small)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, f"Error: {tmp_path}/a.zip was not written: File too large.\n")
    assert not list(tmp_path.glob("a.zip*"))


def test_an_interrupted_backup_leaves_nothing(house, learners, tmp_path):
    make_large(house.app, learners[0])
    process = start(house, "backup", tmp_path / "a.zip")
    wait_for(lambda: begun(tmp_path / "a.zip.part"))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert not list(tmp_path.glob("a.zip*"))


def test_a_killed_backup_leaves_no_archive_and_does_not_hinder_the_next(house, learners, tmp_path):
    make_large(house.app, learners[0])
    process = start(house, "backup", tmp_path / "a.zip")
    wait_for(lambda: begun(tmp_path / "a.zip.part"))
    process.kill()
    process.communicate(timeout=60)
    assert [path.name for path in tmp_path.glob("a.zip*")] == ["a.zip.part"]
    house.backup(tmp_path / "a.zip")
    assert [path.name for path in tmp_path.glob("a.zip*")] == ["a.zip"]


def test_two_backups_of_one_name_do_not_mix(house, learners, tmp_path):
    make_large(house.app, learners[0])
    process = start(house, "backup", tmp_path / "a.zip")
    wait_for(lambda: begun(tmp_path / "a.zip.part"))
    code, said = house.run("backup", tmp_path / "a.zip")
    assert code == 1
    assert "Another backup is writing" in said
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors

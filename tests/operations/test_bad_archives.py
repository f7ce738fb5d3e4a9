"""What is no archive, or no longer one: each is told in one line, and the database stays as it was."""

import random
import shutil
import tarfile
import warnings
import zipfile

import pytest

from tests.operations.doctoring import change_row, flip, manifest_of, pack, seal, set_manifest, unpack, where
from tests.operations.houses import FIRST_ID, standing

__all__ = ["standing"]


@pytest.fixture
def archive(standing, tmp_path):
    shutil.copy(standing[1], tmp_path / "good.zip")
    return tmp_path / "good.zip"


def refused(house, file, *words):
    """Restore what cannot be restored, over what is there; return what was said."""
    before = house.rows("person", "record", "note", "media_file", "catalogue_state")
    code, said = house.run("restore", file, "--replace")
    assert code == 1, said
    assert said.startswith("Error: ")
    assert said.count("\n") == 1, said
    assert house.rows("person", "record", "note", "media_file", "catalogue_state") == before
    for word in words:
        assert word in said
    return said


def spoil(archive, change, sealed):
    members = unpack(archive)
    change(members)
    if sealed:
        seal(members)
    pack(archive, members)


def drop(name):
    return lambda members: members.pop(name)


def add(name, content=b"x"):
    return lambda members: members.update({name: content})


def manifest(change):
    def spoiled(members):
        found = manifest_of(members)
        change(found)
        set_manifest(members, found)

    return spoiled


def row(table, **values):
    return lambda members: change_row(members, table, lambda found: found.update(values))


def line(table, content):
    name = f"tables/{table}.jsonl"
    return lambda members: members.update({name: content + members[name].partition(b"\n")[2]})


def add_table(members):
    members["tables/gift.jsonl"] = b""
    manifest(lambda found: found["members"].update({"tables/gift.jsonl": {}}))(members)
    manifest(lambda found: found["tables"].update(gift={"rows": 0, "columns": {"id": "integer"}}))(members)


def drop_table(members):
    del members["tables/note.jsonl"]
    manifest(lambda found: (found["members"].pop("tables/note.jsonl"), found["tables"].pop("note")))(members)


def climb(members):
    members["../evil"] = b"x"
    manifest(lambda found: found["members"].update({"../evil": {}}))(members)


def lose_media(members):
    name = next(name for name in members if name.startswith("media/"))
    del members[name]
    manifest(lambda found: found["members"].pop(name))(members)


def rename_media(members):
    name = next(name for name in members if name.startswith("media/"))
    members[f"media/{'0' * 64}"] = members.pop(name)
    manifest(lambda found: found["members"].update({f"media/{'0' * 64}": found["members"].pop(name)}))(members)


def column(name, kind):
    return manifest(lambda found: found["tables"]["note"]["columns"].update({name: kind}))


def rows_said(number):
    return manifest(lambda found: found["tables"]["note"].update(rows=number))


BROKEN = {
    "a member is missing": (drop("tables/note.jsonl"), "lacks tables/note.jsonl"),
    "the manifest is missing": (drop("manifest.json"), "not a backup of Handover"),
    "the sums are missing": (drop("SHA256SUMS"), "SHA256SUMS"),
    "the sums are others": (add("SHA256SUMS"), "do not agree"),
    "a member is unknown": (add("tables/gift.jsonl"), "'tables/gift.jsonl'"),
    "a member climbs": (add("../../evil"), "'../../evil'"),
    "a member is absolute": (add("/etc/evil"), "'/etc/evil'"),
    "a member was changed": (add("README.txt"), "README.txt has another length"),
    "the manifest is no JSON": (add("manifest.json", b"{"), "no JSON"),
    "the manifest is a list": (add("manifest.json", b"[]"), "not a backup of Handover"),
    "the manifest nests without end": (add("manifest.json", b"[" * 100_000), "no JSON"),
    "a member is a bomb": (add("tables/note.jsonl", b"\0" * 50_000_000), "another length"),
    "the manifest is a bomb": (add("manifest.json", b" " * 70_000_000), "too large"),
}
MEANT = {
    "a newer form": (manifest(lambda found: found.update(version=2)), "newer form 2"),
    "another format": (manifest(lambda found: found.update(format="other")), "not a backup of Handover"),
    "a newer revision": (manifest(lambda found: found.update(revisions=["9999999999"])), "newer Handover"),
    "no revision": (manifest(lambda found: found.update(revisions=[])), "revisions"),
    "a revision that is a way to say many": (
        manifest(lambda found: found.update(revisions=["heads"])),
        "newer Handover",
    ),
    "a field that nobody knows": (manifest(lambda found: found.update(gift=1)), "gift"),
    "fewer rows than none": (rows_said(-1), "rows"),
    "more rows than there are": (rows_said(1_000_000), "rows"),
    "a table too many": (add_table, "gift"),
    "a table too few": (drop_table, "note"),
    "a member that climbs": (climb, "members"),
    "a kind that nobody knows": (column("text", "poem"), "tables.note.columns.text"),
    "another kind": (column("text", "bytes"), "note"),
    "a column too many": (column("gift", "text"), "gift"),
    "a file that is missing": (lose_media, "lacks media/"),
    "a file under another name": (rename_media, "another digest"),
    "a line that is no JSON": (line("note", b"{\n"), "tables/note.jsonl, line 1"),
    "a line that is no object": (line("note", b"[]\n"), "no JSON object"),
    "a line that nests without end": (line("note", b"[" * 100_000 + b"\n"), "tables/note.jsonl, line 1"),
    "an unknown column in a row": (row("note", gift=1), "unknown column 'gift'"),
    "a number where text belongs": (row("note", text=5), "its text cannot be read"),
    "text where a number belongs": (row("note", id="5"), "its id cannot be read"),
    "a yes where a number belongs": (row("note", id=True), "its id cannot be read"),
    "a number that no database holds": (row("note", id=2**64), "its id cannot be read"),
    "a moment without a zone": (row("note", saved_at="2026-11-02T09:30:00"), "its saved_at cannot be read"),
    "a day that is none": (row("enrolment", exam_date="2026-02-30"), "its exam_date cannot be read"),
    "nothing where something belongs": (row("note", text=None), "the database says"),
    "an id that stands twice": (row("note", id=FIRST_ID + 1), "the database says"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_was_broken_is_refused(standing, archive, case):
    change, word = BROKEN[case]
    spoil(archive, change, sealed=False)
    refused(standing[0], archive, word)


@pytest.mark.parametrize("case", MEANT)
def test_what_was_changed_on_purpose_is_refused_too(standing, archive, case):
    change, word = MEANT[case]
    spoil(archive, change, sealed=True)
    refused(standing[0], archive, word)


def test_a_row_of_somebody_who_is_missing_is_refused_before_anything_is_kept(standing, archive):
    spoil(archive, row("note", learner_id=987_654), sealed=True)
    on_sqlite = standing[0].app.extensions["settings"].on_sqlite
    refused(standing[0], archive, "refers to a row of person that is missing" if on_sqlite else "fk_note_learner_id")


def test_sealing_alone_spoils_nothing(standing, archive):
    spoil(archive, lambda members: None, sealed=True)
    standing[0].restore(archive, "--check")


def not_there(file):
    file.unlink()


def a_folder(file):
    file.unlink()
    file.mkdir()


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def cut_at_the_end(file):
    file.write_bytes(file.read_bytes()[:-1])


def text(file):
    file.write_text("A shopping list")


def a_tar(file):
    members = file.with_name("members")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(members)
    with tarfile.open(file, "w:gz") as tar:
        tar.add(members, "members")


def twice(file):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("README.txt", "again")


def unknown_packing(file):
    members = unpack(file)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as packed:
        for name, content in members.items():
            packed.writestr(name, content)


NO_ARCHIVES = (
    not_there,
    a_folder,
    cut,
    cut_at_the_end,
    text,
    lambda file: file.write_bytes(b""),
    a_tar,
    twice,
    unknown_packing,
)


@pytest.mark.parametrize("change", NO_ARCHIVES)
def test_what_is_no_archive_is_refused(standing, archive, change):
    change(archive)
    refused(standing[0], archive)


def test_one_bit_in_any_file_is_noticed(standing, archive, tmp_path):
    for name in unpack(archive):
        begin, length = where(archive, name)
        if length > 2:  # two bytes are how nothing is packed
            broken = tmp_path / "broken.zip"
            shutil.copy(archive, broken)
            flip(broken, begin + length // 2, bit=3)
            code, said = standing[0].run("restore", broken, "--check")
            assert (code, said.count("\n")) == (1, 1), (name, said)


def test_one_bit_anywhere_is_noticed_or_changes_nothing(standing, archive, tmp_path):
    contents, die = unpack(archive), random.Random("bits")
    broken = tmp_path / "broken.zip"
    for _ in range(150):
        shutil.copy(archive, broken)
        place = die.randrange(archive.stat().st_size)
        flip(broken, place, die.randrange(8))
        code, said = standing[0].run("restore", broken, "--check")
        assert said.count("\n") == 1, said
        assert code == 1 or unpack(broken) == contents, place

"""Files reach the database all or nothing; what somebody edited in the studio is never overwritten."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import Person
from catalogue import live
from catalogue.documents import question_at, version
from catalogue.faults import Faults
from catalogue.models import Document, MediaFile, Revision
from catalogue.publishing import export, publish, sync
from core.database import db, writing
from core.errors import Refused
from tests.catalogue.conftest import BANK_PATH, FILES, LESSON, LESSON_PATH, NOW, PICTURE, SOURCES


def synced(folder, now=NOW):
    with writing():
        return sync(folder, now=now)


def edit(folder, path, old, new):
    file = folder / path
    file.write_text(file.read_text().replace(old, new, 1))


def document(path):
    return db.session.scalars(sa.select(Document).where(Document.path == path)).one()


def numbers(path):
    found = sa.select(Revision.number).where(Revision.document_id == document(path).id).order_by(Revision.number)
    return list(db.session.scalars(found))


@pytest.fixture
def author(house):
    with writing() as session:
        person = Person(
            email="ivo@example.org",
            email_key="ivo@example.org",
            name="Ivo Novak",
            password_hash="none",
            password_set_at=NOW,
            session_stamp="none",
            created_at=NOW,
        )
        session.add(person)
    return person


def in_studio(author, path, source, **more):
    with writing():
        return publish(document(path), source, author, NOW, **more)


def test_a_first_sync_publishes_everything_once(house, folder):
    report = synced(folder)
    assert sorted(report.published) == sorted([*SOURCES, *FILES]) and version() == 1
    assert db.session.scalars(sa.select(MediaFile.content)).one() == PICTURE
    assert live.refresh().question("c/one").stem.startswith("Which part")


def test_a_second_sync_finds_nothing_to_do(house, folder):
    synced(folder)
    report = synced(folder)
    assert not report.changed and version() == 1 and numbers(LESSON_PATH) == [1]


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays(house, folder):
    synced(folder)
    edit(folder, LESSON_PATH, "A project ends.", "Every project ends.")
    assert synced(folder).published == [LESSON_PATH]
    assert numbers(LESSON_PATH) == [1, 2] and version() == 2
    assert "Every project ends" in live.refresh().lesson("c/time-and-ends").text


def test_one_fault_publishes_nothing_at_all(house, folder):
    synced(folder)
    edit(folder, LESSON_PATH, "A project ends.", "Every project ends.")
    edit(folder, BANK_PATH, "side: both", "side: left")
    with pytest.raises(Faults):
        synced(folder)
    assert version() == 1 and numbers(LESSON_PATH) == [1]
    assert "A project ends" in live.refresh().lesson("c/time-and-ends").text


def test_a_removed_file_is_withdrawn_and_its_history_kept(house, folder):
    synced(folder)
    (folder / "careers.yaml").unlink()
    assert synced(folder).withdrawn == ["careers.yaml"]
    assert not live.refresh().roles and document("careers.yaml").withdrawn_at == NOW and numbers("careers.yaml") == [1]
    (folder / "careers.yaml").write_text(SOURCES["careers.yaml"])
    assert synced(folder).published == ["careers.yaml"] and "coordinator" in live.refresh().roles


def test_what_changed_in_studio_and_file_is_a_conflict_and_not_overwritten(house, folder, author):
    synced(folder)
    in_studio(author, LESSON_PATH, LESSON.replace("A project ends.", "The studio's text."))
    edit(folder, LESSON_PATH, "A project ends.", "The file's text.")
    report = synced(folder)
    assert [fault.path for fault in report.conflicts] == [LESSON_PATH] and not report.changed
    assert "The studio's text." in live.refresh().lesson("c/time-and-ends").text


def test_a_file_removed_while_the_studio_edited_it_stays(house, folder, author):
    synced(folder)
    in_studio(author, "careers.yaml", SOURCES["careers.yaml"].replace("Keeps order.", "Brings order."))
    (folder / "careers.yaml").unlink()
    assert [fault.path for fault in synced(folder).conflicts] == ["careers.yaml"] and live.refresh().roles


def test_what_only_the_studio_changed_stays_and_export_settles_it(house, folder, author):
    synced(folder)
    in_studio(author, LESSON_PATH, LESSON.replace("A project ends.", "The studio's text."))
    assert not synced(folder).changed
    assert export(folder) == [LESSON_PATH]
    assert not synced(folder).changed and not synced(folder).conflicts
    edit(folder, LESSON_PATH, "The studio's text.", "The file's text.")
    assert synced(folder).published == [LESSON_PATH]


def test_export_gives_back_what_was_synced(house, folder, tmp_path):
    synced(folder)
    assert sorted(export(tmp_path / "out")) == sorted([*SOURCES, *FILES])
    assert (tmp_path / "out" / LESSON_PATH).read_text() == LESSON
    assert (tmp_path / "out" / "c/media/lives.svg").read_bytes() == PICTURE


def test_the_studio_cannot_publish_what_does_not_hold(house, folder, author):
    synced(folder)
    with pytest.raises(Faults) as refused:
        in_studio(author, LESSON_PATH, LESSON.replace("term:early", "term:late"))
    assert refused.value.faults[0].line == 7 and version() == 1


def test_whoever_was_slower_is_told_so(house, folder, author):
    synced(folder)
    base = document(LESSON_PATH).published_revision_id
    in_studio(author, LESSON_PATH, LESSON + "\nFirst.\n", base_revision_id=base)
    with pytest.raises(Refused):
        in_studio(author, LESSON_PATH, LESSON + "\nSecond.\n", base_revision_id=base)
    assert numbers(LESSON_PATH) == [1, 2]


def test_an_earlier_question_is_found_as_it_was_shown(house, folder):
    synced(folder)
    before = live.refresh()
    shown, revision = before.question("c/one"), before.revision_of(before.question("c/one"))
    edit(folder, BANK_PATH, "The rollout", "The launch")
    synced(folder, NOW + timedelta(days=1))
    after = live.refresh()
    assert after.question("c/one").digest != shown.digest and after.revision_of(after.question("c/one")) != revision
    assert question_at(revision, "c/one", after).digest == shown.digest
    assert question_at(revision, "c/none", after) is None


def test_files_that_are_no_material_are_refused(house, folder):
    (folder / "c" / "lessons" / "notes.txt").write_text("x")
    (folder / "c" / "lessons" / "latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (folder / "c" / "lessons" / "link.md").symlink_to("/etc/hostname")
    with pytest.raises(Faults) as refused:
        synced(folder)
    told = str(refused.value)
    assert "latin.md:2: This line is not written in UTF-8" in told and "link.md:1: This is a link" in told


def test_hidden_files_and_a_readme_are_left_alone(house, folder):
    (folder / "README.md").write_text("About")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    assert synced(folder).published


def test_on_both_databases_a_sync_of_the_same_files_changes_nothing(app, tmp_path):
    with app.app_context():
        before = live.current()
        report = synced(app.extensions["settings"].content_dir)
        assert before.courses and not report.changed and not report.conflicts
        assert sorted(export(tmp_path / "out")) == sorted([*before.documents, *before.media])


def test_on_both_databases_pictures_and_texts_are_published(app, folder):
    with app.app_context():
        report = synced(folder)
        assert report.withdrawn and sorted(set(report.published) | {"glossary.yaml", "careers.yaml"}) == sorted(
            [*SOURCES, *FILES]
        )
        assert live.refresh().courses["c"].lessons[0].segments[2].url.endswith("/lives.svg")

"""Corrections of questions in the bare house, published with their revisions as the studio would."""

from dataclasses import replace

import sqlalchemy as sa
import yaml

from catalogue.building import build
from catalogue.documents import question_at
from catalogue.live import Holder, current
from catalogue.models import Document, Revision
from core.database import db, writing
from quizzes.kinds import Shown
from quizzes.marking import mark
from quizzes.regrades.queries import Finished, finished_answers
from quizzes.regrades.remarking import remark
from tests.progress.house import NOW, sources

BANK = "c/questions/terms.yaml"


def publish(house, **edits):
    """Publish the bank with some questions edited, each by a function that changes what was written."""
    texts = sources()
    bank = yaml.safe_load(texts[BANK])
    for written in bank["questions"]:
        edits.get(written["id"], lambda _: None)(written)
    texts[BANK] = yaml.safe_dump(bank)
    built = build(texts, {})
    house.extensions["catalogue"] = Holder(replace(built, revisions={BANK: revision_of(texts[BANK])}))


def revision_of(source):
    with writing() as session:
        document = session.scalar(sa.select(Document).where(Document.path == BANK))
        if document is None:
            document = Document(path=BANK, kind="questions", published_revision_id=None, synced_digest=None)
            session.add(document)
            session.flush()
        number = session.scalar(sa.select(sa.func.count()).select_from(Revision)) + 1
        kept = {"number": number, "source": source, "digest": str(number), "created_at": NOW, "note": ""}
        row = Revision(document_id=document.id, author_id=None, **kept)
        session.add(row)
        session.flush()
        return row.id


def right_is(*names):
    """Make these options the right ones, and no other."""

    def edit(written):
        for option in written["options"]:
            option["correct"] = option["id"] in names

    return edit


def without(name):
    def edit(written):
        written["options"] = [option for option in written["options"] if option["id"] != name]

    return edit


def renamed(name, other):
    def edit(written):
        for option in written["options"]:
            option["id"] = other if option["id"] == name else option["id"]

    return edit


def reworded(written):
    written["stem"] = "Which of these is the project?"


def several(written):
    written["kind"] = "multiple"
    right_is("rollout", "plan")(written)


def answers_to(name, digest):
    return finished_answers(f"c/{name}", digest)


def replay_equals_history(name, digest):
    """Replay the steps of every answer: each mark that stands in the history comes out again, the last one is the item's."""
    for one in answers_to(name, digest):
        replayed = [replay(one, place) for place in range(len(one.steps))]
        assert replayed == [step.mark for step in one.steps]
        if len(one.steps) > 1:
            assert one.item.mark == replayed[-1]
    return True


def replay(answer: Finished, place):
    step, catalogue = answer.steps[place], current()
    older = question_at(answer.item.revision, answer.item.question, catalogue)
    if step.kind == "finish":
        earned = mark(Shown(older, answer.item.seed), step.response)
        return earned.exam if answer.in_exam else earned.practice
    newer = question_at(step.response["revision"], answer.item.question, catalogue)
    assert newer.digest == step.response["digest"]
    return remark(answer.steps[:place], older, newer, answer.item.seed, in_exam=answer.in_exam).mark


def rows(model):
    return db.session.scalars(sa.select(model).order_by(model.id)).all()

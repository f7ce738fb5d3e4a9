"""The learning records: numbered without gaps, never rewritten, counted in the same breath."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import db, writing
from progress.append_only import AppendOnly
from progress.models import ObjectiveCount, Record
from progress.queries import objective_evidence
from progress.records import Deed, note, rebuild
from tests.progress.house import NOW

ANA, BEN = 1, 2


def answer(mark=1.0, **facts):
    given_facts = {"objective": "contrast.time", "question": "c/one", "source": "check:1"} | facts
    return Deed(kind="answer", course="c", mark=mark, **given_facts)


def noted(learner, *deeds):
    with writing(learner=learner):
        return [note(learner, deed, now=NOW) for deed in deeds]


def numbers(learner):
    return db.session.scalars(sa.select(Record.number).where(Record.learner_id == learner).order_by(Record.id)).all()


def test_each_learner_has_a_sequence_of_their_own_without_gaps(house):
    noted(ANA, answer(), answer())
    noted(BEN, answer())
    noted(ANA, answer())
    assert (numbers(ANA), numbers(BEN)) == ([1, 2, 3], [1])


def test_what_was_rolled_back_leaves_no_gap(house):
    with pytest.raises(ZeroDivisionError), writing(learner=ANA):
        note(ANA, answer(), now=NOW)
        raise ZeroDivisionError
    noted(ANA, answer())
    assert numbers(ANA) == [1]


def test_a_record_is_never_changed_by_an_object(house):
    (record,) = noted(ANA, answer())
    with pytest.raises(AppendOnly), writing(learner=ANA):
        record.mark = 0.0
        db.session.flush()


def test_a_record_is_never_deleted_by_an_object(house):
    (record,) = noted(ANA, answer())
    with pytest.raises(AppendOnly), writing(learner=ANA) as session:
        session.delete(record)
        session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET mark = 0",
        "delete from record",
        'DELETE FROM "record" WHERE id = 1',
        "  update  record set mark = 1",
    ],
)
def test_a_record_is_never_rewritten_by_a_statement_either(house, statement):
    noted(ANA, answer())
    with pytest.raises(AppendOnly), writing(learner=ANA) as session:
        session.execute(sa.text(statement))


def test_bulk_statements_are_refused_too(house):
    noted(ANA, answer())
    for statement in (sa.update(Record).values(mark=0.0), sa.delete(Record)):
        with pytest.raises(AppendOnly), writing(learner=ANA) as session:
            session.execute(statement)
    assert numbers(ANA) == [1]


def test_an_answer_is_counted_with_it(house):
    noted(ANA, answer(1.0), answer(0.5), answer(1.0, objective="together.line"), answer(1.0, weight=0.25))
    counted = {key: (found.answers, found.right) for key, found in objective_evidence(ANA).items()}
    assert counted == {("c", "contrast.time"): (2, 1.5), ("c", "together.line"): (1, 1.0)}
    assert objective_evidence(BEN) == {}


def test_a_lesson_read_is_no_evidence(house):
    noted(ANA, Deed(kind="read", course="c", lesson="first", source="lesson"))
    assert objective_evidence(ANA) == {}


def test_counts_keep_the_first_and_the_last_moment(house):
    for minutes in (5, 0, 9):
        with writing(learner=ANA):
            note(ANA, answer(), now=NOW + timedelta(minutes=minutes))
    count = db.session.scalars(sa.select(ObjectiveCount)).one()
    assert (count.first_at, count.last_at) == (NOW, NOW + timedelta(minutes=9))


def test_a_correction_takes_the_place_of_what_it_corrects(house):
    noted(ANA, answer(1.0), answer(1.0))
    noted(ANA, answer(0.0, supersedes=1))
    found = objective_evidence(ANA)[("c", "contrast.time")]
    assert (found.answers, found.right) == (2, 1.0)
    assert numbers(ANA) == [1, 2, 3]


def test_noting_takes_two_statements(house, asked):
    with writing(learner=ANA):
        asked.clear()
        note(ANA, answer(), now=NOW)
        assert len(asked) == 2


def everything(learner):
    columns = list(ObjectiveCount.__table__.columns)
    rows = db.session.execute(sa.select(*columns).where(ObjectiveCount.learner_id == learner))
    return sorted(tuple(row) for row in rows)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["contrast.time", "together.line", None]),
        st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0]),
        st.sampled_from([1.0, 0.6, 0.25]),
        st.integers(0, 4),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_rebuilding_gives_the_very_same_counts(house, deeds):
    with writing(learner=ANA) as session:
        last = session.scalar(sa.select(sa.func.max(Record.number)).where(Record.learner_id == ANA)) or 0
        for offset, (objective, mark, weight, back) in enumerate(deeds):
            replaced = last + offset + 1 - back if back and last + offset + 1 - back > 0 else None
            note(ANA, answer(mark, objective=objective, weight=weight, supersedes=replaced), now=NOW)
    before = everything(ANA)
    with writing(learner=ANA):
        rebuild(ANA)
    assert everything(ANA) == before


def test_the_command_rebuilds_everybody_and_says_what_was_different(house):
    from progress.commands import group

    noted(ANA, answer(), answer())
    noted(BEN, answer())
    with writing() as session:
        session.execute(sa.update(ObjectiveCount).where(ObjectiveCount.learner_id == BEN).values(answers=40))
    house.cli.add_command(group)
    said = house.test_cli_runner().invoke(args=["progress", "rebuild"])
    assert said.output == "2 learners rebuilt, 1 of them had other counts before.\n"
    assert objective_evidence(BEN)[("c", "contrast.time")].answers == 1

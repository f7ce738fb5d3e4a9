"""Several windows, threads and processes answer at once."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from core.database import db, writing
from core.errors import Refused
from progress.models import Record
from progress.queries import objective_evidence
from quizzes.models import AnswerStep, Attempt, AttemptItem
from tests.progress.house import make_house
from tests.quizzes.acting import ANA, finish, save
from tests.quizzes.writer import write_records


def in_threads(app, acts):
    """Let every act begin at the same moment, each in a thread of its own."""
    gate = threading.Barrier(len(acts))

    def run(act):
        with app.app_context():
            gate.wait()
            try:
                return act()
            except Refused as refusal:
                return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_double_click_on_the_very_first_finish_is_one_answer(house):
    results = in_threads(house, [lambda: finish("rollout")] * 4)
    assert not any(isinstance(result, Refused) for result in results)
    assert [count(model) for model in (Attempt, AttemptItem, AnswerStep, Record)] == [1, 1, 1, 1]
    assert objective_evidence(ANA)[("c", "contrast.time")].answers == 1


def test_two_windows_with_two_choices_keep_one_and_refuse_the_other(house):
    results = in_threads(house, [lambda: save("rollout"), lambda: save("tuning")])
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert count(AnswerStep) == 1


def test_two_checks_finished_at_once_share_an_attempt_and_number_their_records(house):
    in_threads(house, [lambda: finish("rollout"), lambda: finish("rollout", ask="two")])
    assert count(Attempt) == 1
    assert sorted(db.session.scalars(sa.select(Record.number))) == [1, 2]
    assert sorted(db.session.scalars(sa.select(AttemptItem.position))) == [1, 2]


def test_processes_writing_at_once_leave_no_gap_and_lose_no_count(database, tmp_path):
    app = make_house(database, tmp_path)
    spawn = multiprocessing.get_context("spawn")
    go = spawn.Barrier(2)
    writers = [spawn.Process(target=write_records, args=(database, ANA, 25, go)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with app.app_context():
        assert sorted(db.session.scalars(sa.select(Record.number))) == list(range(1, 51))
        assert objective_evidence(ANA)[("c", "o")].answers == 50
        db.session.rollback()
        db.engine.dispose()


def test_steps_are_guarded_against_rewriting(house):
    from progress.append_only import AppendOnly

    save("tuning")
    with pytest.raises(AppendOnly), writing() as session:
        session.execute(sa.update(AnswerStep).values(mark=1.0))

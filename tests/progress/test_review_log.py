"""The log of one's answers: taken away whole, and replayed to the same memories."""

import json
from datetime import timedelta

import pytest

from core.database import writing
from progress.memories import memories_of
from progress.records import Deed, note
from progress.review_log import WrongLog, log_lines, memory_lines, replayed_log
from tests.progress.house import NOW

ANA, BEN = 1, 2
FIRST = '{"log": "handover review log"}'
ROW = {"number": 1, "kind": "answer", "occurred_at": "2026-11-02T12:00:00+00:00", "course": "c", "weight": 1.0}


def answered(learner, family, question, mark, days):
    deed = Deed(kind="answer", course="c", objective="contrast.time", source="check:1", family=family,
                question=question, mark=mark, confidence="sure")  # fmt: skip
    with writing(learner=learner):
        return note(learner, deed, now=NOW + timedelta(days=days))


def some_answers(learner=ANA):
    answered(learner, "ends", "c/one", 1.0, 0)
    answered(learner, "line", "c/three", 0.0, 1)
    answered(learner, "ends", "c/two", 1.0, 5)


def test_a_log_says_what_it_is_and_holds_every_record_of_its_learner(house):
    some_answers()
    some_answers(BEN)
    head, *rows = map(json.loads, log_lines(ANA, NOW))
    assert head["log"] == "handover review log" and head["fsrs"]
    assert [(row["number"], row["family"], row["rating"]) for row in rows] == [
        (1, "ends", "good"),
        (2, "line", "again"),
        (3, "ends", "good"),
    ]


def test_replaying_a_log_gives_the_memories_that_are_kept(house):
    some_answers()
    assert replayed_log(log_lines(ANA, NOW)) == memories_of(ANA)
    assert len(list(memory_lines(memories_of(ANA)))) == 2


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "The first line"),
        (["{}"], "The first line"),
        (["nonsense"], "Line 1 is no JSON"),
        (['{"log": "handover review log"}', "[]"], "Line 2 holds no object"),
        (['{"log": "handover review log"}', '{"number": 1}'], "Line 2 lacks something"),
        ([FIRST, "", json.dumps(ROW | {"mark": "half"})], "Line 3 .*could not convert"),
        ([FIRST, json.dumps(ROW | {"rating": "splendid"})], "Line 2 .*'splendid' is no rating"),
        ([FIRST, json.dumps(ROW | {"occurred_at": "yesterday"})], "Line 2 .*yesterday"),
    ],
)
def test_what_is_no_log_is_told_with_its_line(lines, words):
    with pytest.raises(WrongLog, match=words):
        replayed_log(lines)


def test_a_learner_takes_their_own_log_and_nobody_elses(app, cast, sign_in):
    with app.app_context():
        answered(cast["ana"].id, "ends", "try-out/one", 1.0, 0)
    mine = sign_in("ana").get("/progress/log")
    assert mine.mimetype == "application/jsonl" and len(mine.text.splitlines()) == 2
    assert len(sign_in("ben").get("/progress/log").text.splitlines()) == 1


def test_the_commands_write_a_log_and_replay_it(app, cast, tmp_path):
    with app.app_context():
        answered(cast["ana"].id, "ends", "try-out/one", 1.0, 0)
    run, file = app.test_cli_runner(), tmp_path / "log.jsonl"
    assert "1 records written" in run.invoke(args=["progress", "export-log", "ana@example.org", str(file)]).output
    replayed = json.loads(run.invoke(args=["progress", "replay-log", str(file)]).output)
    assert replayed["family"] == "ends" and replayed["reviews"] == 1
    assert "Nobody here" in run.invoke(args=["progress", "export-log", "who@example.org", str(file)]).output
    file.write_bytes(b"\xff\xfe")
    assert "is no text in UTF-8" in run.invoke(args=["progress", "replay-log", str(file)]).output
    file.write_text("no log")
    assert "Line 1 is no JSON" in run.invoke(args=["progress", "replay-log", str(file)]).output

"""Sections that lock, breaks that stop the clock, and time that a mentor adds."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from quizzes.sittings.clock import deadline, is_over, milliseconds_left, on_break, time_stood
from quizzes.sittings.extending import add_time, take_back_time
from quizzes.sittings.plans import Band, Break, Plan, Section, one_section, plan_of
from quizzes.sittings.sections import end_break, leave_section
from tests.progress.house import NOW
from tests.quizzes.sitting import BEN, TWO_SECTIONS, attempt, begun, events, flag, item, minutes, of, save


def leave(sitting, number=1, take_break=True, now=NOW):
    of(sitting, leave_section, number, take_break=take_break, now=now)


def test_a_section_is_locked_once_it_is_left(house):
    sitting = begun(TWO_SECTIONS)
    with pytest.raises(Refused, match="locked"):
        save(sitting, 3, "rollout")
    leave(sitting, take_break=False)
    save(sitting, 3, "rollout")
    with pytest.raises(Refused, match="locked"):
        save(sitting, 1, "rollout")
    with pytest.raises(Refused, match="locked"):
        flag(sitting, 1)


def test_leaving_twice_locks_one_section_and_the_last_is_not_left(house):
    sitting = begun(TWO_SECTIONS)
    leave(sitting, take_break=False)
    with pytest.raises(Refused, match="locked already"):
        leave(sitting, take_break=False)
    with pytest.raises(Refused, match="last section"):
        leave(sitting, 2)


def test_the_clock_stands_still_in_a_break_which_can_be_ended_early(house):
    sitting = begun(TWO_SECTIONS)
    leave(sitting, now=minutes(20))
    with pytest.raises(Refused, match="break"):
        save(sitting, 3, "rollout", now=minutes(21))
    assert deadline(attempt(sitting), minutes(24)) == minutes(64)
    of(sitting, end_break, now=minutes(24))
    save(sitting, 3, "rollout", now=minutes(25))
    assert attempt(sitting).deadline_at == minutes(64)
    assert deadline(attempt(sitting), minutes(40)) == minutes(64)
    assert events(sitting) == ["begun", "section-left", "break-begun", "break-ended"]


def test_a_break_ends_by_itself_and_takes_no_time_of_the_exam(house):
    sitting = begun(TWO_SECTIONS)
    leave(sitting, now=minutes(20))
    assert on_break(attempt(sitting), minutes(29)) and not on_break(attempt(sitting), minutes(30))
    assert deadline(attempt(sitting), minutes(55)) == minutes(70)
    save(sitting, 3, "rollout", now=minutes(31))
    of(sitting, end_break, now=minutes(40))
    assert deadline(attempt(sitting), minutes(55)) == minutes(70)


def test_the_time_of_a_break_counts_for_no_question(house):
    sitting = begun(TWO_SECTIONS)
    leave(sitting, now=minutes(20))
    save(sitting, 3, "rollout", now=minutes(31))
    assert item(sitting, 3).seconds == 60


def test_a_break_can_be_left_out(house):
    sitting = begun(TWO_SECTIONS)
    leave(sitting, take_break=False, now=minutes(20))
    assert not on_break(attempt(sitting), minutes(20)) and attempt(sitting).deadline_at == minutes(60)


def test_a_mentor_can_add_time_while_it_runs_and_it_stays_in_the_history(house):
    sitting = begun()
    of(sitting, add_time, 15, by_id=BEN, reason="The lift was stuck", now=minutes(10))
    save(sitting, 1, "rollout", now=minutes(74))
    assert events(sitting) == ["begun", "extended"]
    with pytest.raises(Refused, match="Between 1 and 240"):
        of(sitting, add_time, 0, by_id=BEN, reason="", now=minutes(11))
    with pytest.raises(Refused, match="time is over"):
        of(sitting, add_time, 5, by_id=BEN, reason="", now=minutes(90))


def test_added_time_can_be_taken_back_until_it_is_used(house):
    sitting = begun()
    of(sitting, add_time, 10, by_id=BEN, reason="The line was down", now=minutes(10))
    of(sitting, add_time, 5, by_id=BEN, reason="And again", now=minutes(20))
    assert plan_of(attempt(sitting).plan).added == 15
    with pytest.raises(Refused, match="being used already"):
        of(sitting, take_back_time, by_id=BEN, now=minutes(60))
    assert of(sitting, take_back_time, by_id=BEN, now=minutes(59)) == 15
    assert (attempt(sitting).deadline_at, plan_of(attempt(sitting).plan).added) == (minutes(60), 0)
    with pytest.raises(Refused, match="No time was added"):
        of(sitting, take_back_time, by_id=BEN, now=minutes(59))


def test_a_sitting_without_a_clock_takes_no_time(house):
    sitting = begun(one_section("Practice", 5))
    assert attempt(sitting).deadline_at is None
    with pytest.raises(Refused, match="no clock"):
        of(sitting, add_time, 5, by_id=BEN, reason="")


def test_extra_time_of_a_person_is_copied_when_a_sitting_begins(house):
    sitting = begun(one_section("Mock", 5, minutes=60, extra_time=25))
    assert attempt(sitting).deadline_at == minutes(75)


class Clock:
    deadline_at = NOW + timedelta(hours=1)
    break_began_at = NOW + timedelta(minutes=10)
    break_ends_at = NOW + timedelta(minutes=20)


@given(st.integers(-600, 7200))
def test_a_deadline_never_moves_back_and_a_break_adds_its_length_at_most(second):
    now = NOW + timedelta(seconds=second)
    later = now + timedelta(seconds=1)
    assert deadline(Clock(), now) <= deadline(Clock(), later)
    assert timedelta(0) <= time_stood(Clock(), now) <= timedelta(minutes=10)
    assert is_over(Clock(), now) == (now > NOW + timedelta(minutes=70, seconds=10))


def test_what_is_left_is_told_in_milliseconds_and_never_less_than_nothing():
    assert milliseconds_left(minutes(1), NOW) == 60_000
    assert milliseconds_left(NOW, minutes(1)) == 0
    assert milliseconds_left(None, NOW) is None


def test_a_plan_is_read_as_it_was_stored():
    plan = Plan(
        title="PMP",
        sections=(Section("One", 1, 60), Section("Two", 61, 180)),
        minutes=240,
        extra_time=10,
        breaks=(Break(1, 10),),
        bands=(Band("Above target", 80),),
        reached={"levels": {"apply": 12}},
    )
    assert plan_of(plan.as_json()) == plan
    assert (plan.questions, plan.seconds, plan.break_after(1), plan.break_after(2)) == (180, 15_840, Break(1, 10), None)

"""The calendar of activity."""

from datetime import date, timedelta

import pytest

from progress.calendar_weeks import WEEKS, Day, active_days, calendar_sentence, calendar_weeks, first_day

TODAY = date(2026, 11, 4)


def test_it_begins_on_a_monday_and_ends_with_this_week():
    weeks = calendar_weeks({}, TODAY)
    assert len(weeks) == WEEKS
    assert weeks[0].days[0].date == first_day(TODAY)
    assert all(week.days[0].date.weekday() == 0 for week in weeks)
    assert TODAY in {day.date for day in weeks[-1].days}


@pytest.mark.parametrize(("few", "many"), [(10, 40), (6, 24), (15, 60)])
def test_four_times_the_minutes_are_four_times_the_area(few, many):
    areas = [Day(TODAY, minutes).size ** 2 for minutes in (few, many)]
    assert areas[1] / areas[0] == pytest.approx(4, rel=0.05)


def test_a_day_without_study_has_no_square_and_a_very_long_one_fits():
    assert Day(TODAY, 0).size == 0
    assert Day(TODAY, 600).size == 20
    assert Day(TODAY, 0.2).size == 3


def test_each_month_stands_once_above_its_first_week():
    months = [week.month for week in calendar_weeks({}, TODAY) if week.month]
    assert months == ["July", "August", "September", "October", "November"]


def test_it_says_what_it_shows():
    weeks = calendar_weeks({TODAY: 12.0, TODAY - timedelta(days=1): 7.6}, TODAY)
    assert calendar_sentence(weeks) == "2 days with study in the last 16 weeks, 20 minutes in all."
    assert [day.date for day in active_days(weeks)] == [TODAY, TODAY - timedelta(days=1)]
    assert calendar_sentence(calendar_weeks({}, TODAY)) == "No study in the last 16 weeks."


def test_a_day_says_its_name_and_minutes():
    assert Day(TODAY, 12.0).title == "Wednesday 4 November: 12 minutes"

"""The list of a sitting's questions says how each stands, and how it came out only where that may be seen."""

import pytest

from quizzes.sittings.cells import cell, cell_list, outcome
from quizzes.sittings.queries import Place


def place(answered=True, flagged=False, finished=True, mark=None, position=3):
    return Place(position, 1, answered, flagged, finished, mark)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (place(mark=1.0), "right"),
        (place(mark=0.5), "part"),
        (place(mark=0.0), "wrong"),
        (place(mark=None), "wrong"),
        (place(answered=False, mark=0.0), "open"),
    ],
)
def test_a_finished_question_came_out_in_one_of_four_ways(one, said):
    assert outcome(one) == said


@pytest.mark.parametrize("mark", [0.0, 0.5, 1.0])
def test_no_cell_tells_a_mark_that_may_not_be_seen_yet(mark):
    told = cell(place(mark=mark), "/attempts/7/answers/", False, marks=False)
    assert told == cell(place(finished=False), "/attempts/7/answers/", False, marks=False)
    assert "3, answered" in told and "right" not in told and "wrong" not in told


def test_a_cell_leads_to_its_question_and_says_what_it_shows():
    told = cell_list([place(flagged=True, mark=0.0)], "/attempts/7/answers/", 3, marks=True)
    assert 'href="/attempts/7/answers/3"' in told and 'aria-current="true"' in told
    assert 'class="cell wrong flagged now"' in told and "3, not right, flagged, you are here" in told

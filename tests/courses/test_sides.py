import pytest

from courses.sides import side_of


@pytest.mark.parametrize(
    ("sides", "side"),
    [
        ([], "both"),
        (["project"] * 4 + ["both"], "project"),
        (["project"] * 3 + ["service"], "both"),
        (["service"], "service"),
        (["both"] * 5, "both"),
    ],
)
def test_a_course_stands_where_four_of_five_questions_stand(sides, side):
    assert side_of(sides) == side

from tests.conftest import token
from tests.courses.conftest import FIRST, SECOND, read, text


def test_the_list_shows_every_course(client, ana):
    assert "A course to try things out" in text(client.get("/courses"))
    mine = text(ana.get("/courses"))
    assert mine.index("Yours") < mine.index("A course to try things out")


def test_a_course_shows_what_it_holds_and_what_completes_it(client):
    page = text(client.get("/courses/try-out"))
    for words in (
        "Before the launch",
        "The week after",
        "2 min",
        "2 checks",
        "4 minutes of reading",
        "Name what crosses the line",
    ):
        assert words in page
    assert "A lesson is complete when you have read it and answered its checks" in page
    assert f'href="{FIRST}"' in page
    assert f'href="{SECOND}"' not in page


def test_a_course_shows_whose_marks_it_names(ana, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: live\nnotice: PMP is a mark of PMI.")
    assert "PMP is a mark of PMI." in text(ana.get("/courses/try-out"))
    assert "PMP is a mark of PMI." in text(ana.get(FIRST))


def test_somebody_joins_leaves_and_comes_back_to_where_they_were(sign_in):
    otto = sign_in("otto")
    page = otto.get("/courses/try-out")
    joined = otto.post("/courses/try-out/enrolment", data={"csrf_token": token(page)}, follow_redirects=True)
    assert "Continue with The launch" in text(joined)
    read(otto, FIRST)
    left = otto.post("/courses/try-out/departure", data={"csrf_token": token(page)}, follow_redirects=True)
    assert "Everything you did in it is kept" in text(left)
    assert otto.get(SECOND).status_code == 409
    again = otto.post("/courses/try-out/enrolment", data={"csrf_token": token(page)}, follow_redirects=True)
    assert 'aria-label="being read"' in text(again)
    assert otto.get(SECOND).status_code == 200


def test_whoever_takes_nothing_cannot_leave(sign_in):
    otto = sign_in("otto")
    answer = otto.post("/courses/try-out/departure", data={"csrf_token": token(otto.get("/courses/try-out"))})
    assert answer.status_code == 409


def test_a_course_page_costs_a_fixed_number_of_statements(ana, statements):
    ana.get("/courses/try-out")
    statements.clear()
    ana.get("/courses/try-out")
    assert len(statements) == 3


def test_one_learner_sees_nothing_of_another(ana, sign_in):
    read(ana, FIRST)
    page = text(sign_in("otto").get("/courses/try-out"))
    assert "Join this course" in page
    assert 'aria-label="being read"' not in page


def test_a_course_lists_the_scenarios_that_are_offered(ana, rewrite):
    link = 'href="/courses/rehearsal/scenarios/harbour"'
    assert link in text(ana.get("/courses/rehearsal"))
    rewrite("rehearsal/scenarios/harbour.yaml", "title: The harbour gate", "title: The gate")
    assert link not in text(ana.get("/courses/rehearsal"))  # its rules were measured for another text

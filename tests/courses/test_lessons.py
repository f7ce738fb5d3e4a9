from core.database import db
from tests.conftest import token
from tests.courses.conftest import FIRST, SECOND, THIRD, read, text

KEYS = ('class="why"', "correct", "Right, your answer")


def test_a_visitor_reads_the_first_lesson_and_is_told_that_checks_need_somebody(client):
    page = client.get(FIRST)
    assert page.status_code == 200
    assert "The same change, seen twice" in text(page)
    assert "to answer: an answer needs somebody to belong to" in text(page)
    assert not any(key in text(page) for key in KEYS)
    assert 'name="choice"' not in text(page)
    assert "My notes" not in text(page)


def test_a_visitor_is_asked_to_sign_in_for_any_other_lesson(client):
    answer = client.get(SECOND)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in?next={SECOND}"


def test_a_preview_opens_for_nobody_who_is_not_signed_in(client, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: preview")
    assert client.get(FIRST).status_code == 302
    assert "This course is a preview" in text(client.get("/courses/try-out"))


def test_a_preview_says_so_on_its_lessons(ana, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: preview")
    assert "This course is a preview" in text(ana.get(FIRST))


def test_whoever_has_not_joined_is_invited_to(sign_in):
    otto = sign_in("otto")
    assert "Join the course" in text(otto.get(FIRST))
    closed = otto.get(SECOND)
    assert closed.status_code == 409
    assert "Join to read on" in text(closed)
    assert "nobody wrote down" not in text(closed)


def test_what_does_not_exist_is_not_there(ana, client):
    for url in ("/courses/nowhere", "/courses/nowhere/lessons/first", "/courses/try-out/lessons/nowhere"):
        assert ana.get(url).status_code == 404
        assert client.get(url).status_code == 404


def test_a_lesson_page_costs_a_learner_three_statements(ana, statements):
    read(ana, FIRST)
    for url in (FIRST, SECOND):
        ana.get(url)
        statements.clear()
        assert ana.get(url).status_code == 200
        assert len(statements) <= 3, statements


def test_a_lesson_page_costs_a_visitor_none(client, statements):
    client.get(FIRST)
    statements.clear()
    client.get(FIRST)
    assert statements == []


def test_mentor_notes_are_for_mentors_and_instructors(sign_in, ana, client):
    secret = "called at night for"
    for key in ("mara", "ivo"):
        assert secret in text(sign_in(key).get(FIRST))
    for visitor in (ana, client, sign_in("ada")):
        assert secret not in text(visitor.get(FIRST))


def test_those_who_teach_read_everything_without_joining(sign_in):
    for key in ("mara", "ivo", "ada"):
        assert sign_in(key).get(THIRD).status_code == 200


def test_a_lesson_page_holds_no_key_before_an_answer(ana):
    page = text(ana.get(FIRST))
    assert not any(key in page for key in KEYS)
    assert "Check 1 of 1" in page


def test_the_place_is_kept_and_offered_again(ana):
    page = ana.get(FIRST)
    assert "Continue at" not in text(page)
    answer = ana.post(f"{FIRST}/reading", data={"csrf_token": token(page), "anchor": "the-same-change-seen-twice"})
    assert set(answer.json) == {"saved"}
    again = text(ana.get(FIRST))
    assert '<a href="#the-same-change-seen-twice">Continue at The same change, seen twice</a>' in again
    today = text(ana.get("/"))
    assert "Next: The launch" in today
    assert "/courses/try-out/lessons/first#the-same-change-seen-twice" in today


def test_a_place_that_is_not_in_the_lesson_is_refused(ana):
    page = ana.get(FIRST)
    answer = ana.post(f"{FIRST}/reading", data={"csrf_token": token(page), "anchor": "nowhere"})
    assert answer.status_code == 409
    assert "Continue at" not in text(ana.get(FIRST))


def test_having_read_a_lesson_leads_on_and_says_what_is_still_open(ana):
    answer = read(ana, FIRST)
    assert answer.headers["Location"] == SECOND
    assert "It is complete when its checks are answered as well." in text(ana.get(SECOND))
    assert "Read. Complete when its checks are answered as well." in text(ana.get(FIRST))
    assert read(ana, FIRST).status_code == 302


def test_the_last_lesson_leads_back_to_its_end(ana):
    assert read(ana, THIRD).headers["Location"] == f"{THIRD}#end"


def test_nothing_is_kept_for_whoever_has_not_joined(sign_in):
    otto = sign_in("otto")
    answer = read(otto, FIRST)
    assert answer.status_code == 409
    assert "Join the course first" in text(answer)


def test_in_a_course_read_in_order_a_closed_lesson_names_what_is_missing(ana, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: live\nsequential: true")
    closed = ana.get(THIRD)
    assert closed.status_code == 409
    assert "“The launch” comes first: read it to its end and answer its 1 check." in text(closed)
    assert "carries it" not in text(closed)
    course = text(ana.get("/courses/try-out"))
    assert "Opens when “The launch” is complete." in course
    assert f'href="{SECOND}"' not in course
    posted = ana.post(f"{THIRD}/reading", data={"csrf_token": token(ana.get(FIRST))})
    assert posted.status_code == 409


def test_a_lesson_opens_when_the_one_before_is_complete(ana, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: live\nsequential: true")
    rewrite("try-out/lessons/first.md", "/// check\none\n///\n", "")
    assert read(ana, FIRST).headers["Location"] == SECOND
    assert ana.get(SECOND).status_code == 200
    assert ana.get(THIRD).status_code == 409


def test_a_lesson_under_its_old_name_is_found(client, rewrite):
    rewrite("try-out/course.yaml", "misconceptions:", "replaces: {beginning: first}\nmisconceptions:")
    answer = client.get("/courses/try-out/lessons/beginning")
    assert (answer.status_code, answer.headers["Location"]) == (301, FIRST)


def test_a_search_marks_the_place_it_led_to(client):
    page = text(client.get(f"{FIRST}?found=the-same-change-seen-twice"))
    assert '<h2 id="the-same-change-seen-twice"><mark>The same change, seen twice</mark></h2>' in page
    for nonsense in ("nowhere", '"><script>', "🙂" * 5000):
        assert "<mark>" not in text(client.get(FIRST, query_string={"found": nonsense}))


def test_a_reader_sees_the_states_of_the_lessons_around(ana):
    read(ana, FIRST)
    page = text(ana.get(SECOND))
    assert page.count('aria-label="being read"') == 2  # the outline, and the same folded up for phones
    assert 'aria-current="page"' in page


def test_an_outsider_leaves_no_trace_in_somebody_elses_course(app, ana, sign_in, cast):
    read(ana, FIRST)
    assert "Continue" not in text(sign_in("otto").get("/"))
    with app.app_context():
        from progress.queries import study_state

        assert study_state(cast["otto"].id, "try-out").readings == {}
        db.session.rollback()

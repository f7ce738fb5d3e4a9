import pytest

from tests.courses.conftest import FIRST, text
from tests.courses.test_searching import HOSTILE


def search(client, query):
    return text(client.get("/search", query_string={"q": query}))


def test_a_hit_in_a_lesson_leads_to_its_place(ana):
    page = search(ana, "people at the pier")
    assert f"{FIRST}?found=the-same-change-seen-twice#the-same-change-seen-twice" in page
    assert "<mark>pier</mark>" in page


def test_terms_roles_and_objectives_are_found(client):
    assert 'href="/glossary#deliverable"' in search(client, "deliverable")
    assert 'href="/careers#project-coordinator"' in search(client, "coordinator")
    assert "Objective" in search(client, "temporary endeavour")


def test_a_visitor_sees_closed_lessons_without_their_words(client):
    page = search(client, "nobody wrote down")
    assert "The week after" in page
    assert "Sign in to open this lesson." in page
    assert "questions" not in page.split("The week after", 1)[1].split("Sign in to open", 1)[0]


def test_whoever_has_not_joined_is_told_to(sign_in, ana):
    assert "Join the course to open this lesson." in search(sign_in("otto"), "nobody wrote down")
    assert "Join the course to open" not in search(ana, "nobody wrote down")


def test_mentor_notes_and_questions_are_not_found(sign_in):
    for words in ("called at night", "every-task-is-a-project"):
        assert "found for" in search(sign_in("mara"), words)
        assert "at night for" not in search(sign_in("mara"), words)


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_page(client, query):
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer)


def test_nothing_found_invites_to_look_elsewhere(client):
    page = search(client, "zeppelin")
    assert "Nothing found for “zeppelin”" in page
    assert "Open the glossary" in page
    assert "found" not in search(client, "")


def test_new_material_is_found_as_soon_as_it_is_live(client, rewrite):
    assert "Nothing found" in search(client, "zeppelin")
    rewrite("try-out/lessons/first.md", "A new ferry timetable", "A new zeppelin timetable")
    assert "1 place found" in search(client, "zeppelin")


def test_a_search_costs_two_statements(ana, statements):
    search(ana, "pier")
    statements.clear()
    search(ana, "the people")
    assert len(statements) == 2


def test_a_scenario_is_found_and_says_what_to_do_first(client, ana):
    there = "/courses/rehearsal/scenarios/harbour"
    for page, first in ((search(ana, "harbour"), False), (search(client, "harbour"), True)):
        assert there in page
        assert ("Sign in to play this scenario." in page) is first


def test_a_scenario_that_is_not_offered_yet_is_not_found(sign_in, rewrite):
    rewrite("rehearsal/scenarios/harbour.yaml", "title: The harbour gate", "title: The zeppelin gate")
    assert "Nothing found" in search(sign_in("ivo"), "zeppelin")

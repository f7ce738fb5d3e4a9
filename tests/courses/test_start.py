from markupsafe import Markup

from core.offers import CardOffer
from tests.courses.conftest import FIRST, SECOND, read, text


def test_a_visitor_is_told_what_this_is_and_where_to_begin(client):
    page = text(client.get("/"))
    assert "Learn both sides of go-live." in page
    assert f'href="{FIRST}"' in page
    assert "Read the first lesson" in page


def test_without_a_live_course_nothing_is_promised(client, rewrite):
    rewrite("try-out/course.yaml", "status: live", "status: preview")
    page = text(client.get("/"))
    assert "Read the first lesson" not in page
    assert "A course to try things out" in page


def test_whoever_takes_nothing_is_invited(sign_in):
    assert "Choose your first course" in text(sign_in("otto").get("/"))


def test_today_leads_on_to_the_next_lesson(ana):
    assert "Next: The launch" in text(ana.get("/"))
    read(ana, FIRST)
    page = text(ana.get("/"))
    assert "Next: The week after" in page
    assert f'href="{SECOND}"' in page


def test_when_all_is_complete_today_says_so(ana, rewrite):
    for name, checks in {"first": ["one"], "second": ["two", "three"], "third": ["four"]}.items():
        for check in checks:
            rewrite(f"try-out/lessons/{name}.md", f"/// check\n{check}\n///\n", "")
        read(ana, f"/courses/try-out/lessons/{name}")
    assert "Everything you took is complete" in text(ana.get("/"))
    assert "You have completed this course" in text(ana.get("/courses/try-out"))


def test_other_rooms_put_their_cards_on_the_page(app, ana, cast):
    from jinja2 import ChoiceLoader, DictLoader

    app.jinja_loader = ChoiceLoader([DictLoader({"offered.html": "<p>{{ shown }}</p>"}), app.jinja_loader])
    app.jinja_env.loader = app.create_global_jinja_loader()
    offers = app.extensions["offers"]
    offers.cards.append(CardOffer("offered.html", lambda person: Markup("Said to {}").format(person.name), 1))
    offers.cards.append(CardOffer("offered.html", lambda person: None, 2))
    assert text(ana.get("/")).count("Said to Ana Ruiz") == 1


def test_today_costs_a_fixed_number_of_statements(ana, statements):
    ana.get("/")
    statements.clear()
    ana.get("/")
    assert len(statements) <= 2 + 3  # the person, the courses, and what other rooms offer

import pytest

from tests.courses.conftest import FIRST, text

QUIET = ["/", "/courses", "/courses/try-out", FIRST, "/glossary", "/careers", "/search", "/accessibility", "/privacy"]


def test_the_glossary_shows_both_names_of_a_thing(client):
    page = text(client.get("/glossary"))
    assert '<section class="term-entry" id="service"' in page
    assert "Across the fence: deliverable." in page
    assert "also: result" in page
    assert '<a href="#letter-D">D</a>' in page.replace(' class="link"', "")


def test_a_term_tells_where_it_is_used(client):
    entry = text(client.get("/glossary")).split('id="service"')[1].split("</section>")[0]
    assert f'<a href="{FIRST}">The launch</a>' in entry


def test_the_glossary_of_one_side_leaves_out_the_other(client):
    page = text(client.get("/glossary?side=project"))
    assert 'id="deliverable"' in page
    assert 'id="service"' not in page
    assert client.get("/glossary?side=nobody").status_code == 404


def test_careers_show_the_ladder_and_the_groups(client):
    page = text(client.get("/careers"))
    assert page.index("Project coordinator") < page.index("Service desk analyst")
    assert "Operational: keeps services running" in page
    assert "CAPM" in page
    assert f'<a href="{FIRST}">The launch</a>' in page


def test_careers_show_who_stands_beside_the_ladder_and_who_crosses(client, rewrite):
    assert "Beside the ladder" not in text(client.get("/careers"))
    rewrite("careers.yaml", "    rank: 1\n", "    rank: null\n")
    page = text(client.get("/careers"))
    assert "Beside the ladder" in page and "The project ladder" not in page
    assert "(leads across)" not in page
    rewrite(
        "careers.yaml",
        "lessons: [try-out/first]\n    leads_to: []",
        "lessons: []\n    leads_to: [service-desk-analyst]",
    )
    page = text(client.get("/careers"))
    assert page.count("(leads across)") == 1
    assert '<a href="#service-desk-analyst">Service desk analyst</a> (service side)' in page


@pytest.mark.parametrize("url", QUIET)
def test_every_page_opens_for_visitors_and_learners(client, ana, url):
    assert client.get(url).status_code == 200
    assert ana.get(url).status_code == 200


def test_the_privacy_page_names_every_cookie_that_is_set(client, cast):
    from tests.conftest import PASSWORD, token

    form = {
        "csrf_token": token(client.get("/sign-in")),
        "email": "ana@example.org",
        "password": PASSWORD,
        "remember": "y",
    }
    client.post("/sign-in", data=form)
    client.post("/theme", data={"csrf_token": token(client.get("/privacy")), "theme": "dark"})
    page = text(client.get("/privacy"))
    set_here = {cookie.key for cookie in client._cookies.values()}
    assert set_here == {"session", "remember_token", "theme"}
    for name in set_here:
        assert f'<th scope="row">{name}</th>' in page


def test_the_style_guide_is_for_trying_and_building_only(app, client):
    assert client.get("/styleguide").status_code == 200
    app.testing = False
    assert client.get("/styleguide").status_code == 404

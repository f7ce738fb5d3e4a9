"""A hostile author's course: the compiler refuses much of it, and nothing of the rest acts on any page."""

import pytest

from app import alembic
from catalogue.publishing import sync
from catalogue.rendering.links import Links
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline, render_text
from core.database import db, writing
from tests.catalogue.test_hostile_markdown import htmls
from tests.conftest import NOW, settings_for
from tests.page_checks import check_page
from tests.strangers.conftest import House, create_app
from tests.strangers.hostile_course import FILES, hostile_sources, in_lessons
from tests.strangers.looking import faults
from tests.strangers.payloads import everything, payloads

LINKS = Links("c", {"media/x.svg": "/media/ab/x.svg", "media/lives.svg": "/media/cd/lives.svg"})


def write_course(folder):
    """Write the hostile course into a folder of content."""
    for path, content in {**hostile_sources()[0], **FILES}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def open_house(folder, furnish=lambda app: None):
    """Publish the hostile course in a house of its own, with pages that a test adds."""
    data = folder / "data"
    data.mkdir()
    settings = settings_for(data, content_dir=write_course(folder / "content"))
    app = create_app(settings)
    with app.app_context():
        alembic.upgrade()
        with writing():
            sync(settings.content_dir, now=NOW)
        db.engine.dispose()
    house = House(settings)
    furnish(house.app)
    house.post(house.visitor("ivo"), "/courses/c/enrolment")  # whoever takes the course has its checks
    return house


def addresses(house):
    """Return every page that shows something of the course."""
    lessons = [path.split("/")[-1][:-3] for path in hostile_sources()[0] if "/lessons/" in path]
    found = [f"/search?q={word}" for word in ("onerror", "script", "alert", "pwned", "javascript", "base")]
    return [
        "/",
        "/courses",
        "/courses/c",
        "/glossary",
        "/careers",
        "/progress",
        *(f"/courses/c/lessons/{name}" for name in lessons),
        *found,
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    house = open_house(tmp_path_factory.mktemp("hostile"))
    yield house
    house.close()


def test_much_of_it_is_left_for_the_pages_to_withstand():
    """Otherwise the tests below would look at empty pages."""
    questions, terms, roles, alone, pages = hostile_sources()[1]
    taken, refused = in_lessons()
    assert len(payloads()) > 1000 and len(taken) > 800 and len(refused) > 100
    assert questions > 10 and terms > 200 and roles > 50 and alone > 5 and pages > 5


def test_the_compiler_lets_no_link_lead_into_a_script_or_a_picture_out_of_the_house():
    taken, _ = in_lessons()
    assert [
        text
        for text in taken
        if text.startswith(("[x](javascript", "[x](data", "[x](vbscript", "![x](http", "![x](//"))
    ] == []


def test_nothing_of_it_acts_on_any_page(hostile):
    seen = 0
    for who in ("ivo", None):
        client = hostile.visitor(who)
        for path in addresses(hostile)[: None if who else 6]:
            page = client.get(path)
            assert page.status_code in (200, 302), path
            assert faults(page.text, links_out=True) == [], path
            seen += len(page.text)
    assert seen > 500_000


def test_its_pages_are_whole_pages_still(hostile):
    client = hostile.visitor("ivo")
    for path in addresses(hostile)[:7]:
        check_page(client.get(path))


def test_nothing_of_it_acts_in_an_answered_check(hostile):
    client = hostile.visitor("ivo")
    page = client.get("/courses/c/lessons/base").text
    forms = page.split('action="/courses/c/checks/base/')[1:]
    assert len(forms) > 10
    for form in forms:
        names = ("sequence", "try", "shown_digest", "option")
        fields = {name: form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in names}
        path = "/courses/c/checks/base/" + form.partition('"')[0]
        answer = hostile.post(
            client, path, fields | {"confidence": "sure", "act": "finish"}, {"X-Requested-With": "fetch"}
        )
        assert answer.status_code == 200 and faults(answer.text, links_out=True) == []


def test_what_the_compiler_refuses_would_not_act_either():
    """The wall behind the wall: a refused text is never shown, and would be harmless if it were."""
    taken, refused = in_lessons()
    for text in refused + taken[::8]:
        for html in (
            *htmls(render_lesson(text, LINKS)),
            str(render_inline(text, LINKS)),
            str(render_text(text, LINKS)),
        ):
            assert faults(html, links_out=True) == [], text


def test_all_of_it_in_one_text_does_not_act():
    for at in range(0, len(everything()), 100):
        for text in ("\n\n".join(everything()[at : at + 100]), "".join(everything()[at : at + 100])):
            for html in htmls(render_lesson(text, LINKS)):
                assert faults(html, links_out=True) == []


def test_the_eye_that_looks_would_see():
    for harm in (
        "<script>1</script>",
        "<img src=x onerror=1>",
        "<a href=javascript:1>",
        "<img src=//evil.example/x>",
        "<svg><use href='data:x'/></svg>",
        "<p style=x>",
        "<base href=/x>",
        "<iframe>",
        "<form action=//evil.example>",
        "<svg onload=1>",
        "<a href=//evil.example>",
        "<meta http-equiv=refresh content=0>",
    ):
        assert faults(harm, links_out=True), harm

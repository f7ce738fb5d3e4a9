"""The same hostile text in a real browser: no dialog, no report of the content policy, no request elsewhere, and nothing has run."""

import threading

import pytest
from flask import render_template_string
from markupsafe import Markup
from werkzeug.serving import WSGIRequestHandler, make_server

from catalogue.rendering.page import render_lesson
from tests.catalogue.test_hostile_markdown import htmls
from tests.strangers import test_hostile_content as content
from tests.strangers.hostile_course import in_lessons
from tests.strangers.payloads import bundles, everything

pytestmark = [pytest.mark.browser, pytest.mark.proof]
WATCH = """
    window.__reports = [];
    document.addEventListener('securitypolicyviolation', e => window.__reports.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
POKE = """() => {
    document.querySelectorAll('details').forEach(one => one.open = true);
    for (const one of document.querySelectorAll('main *'))
        for (const kind of ['mouseover', 'pointerover', 'focus', 'wheel', 'load', 'error', 'toggle'])
            one.dispatchEvent(new Event(kind, {bubbles: false}));
    return {pwned: window.__pwned ?? null, reports: window.__reports, scripts: [...document.scripts].filter(one => !one.src).length};
}"""
BAD = "<script>window.__pwned=1</script><img src=x onerror='window.__pwned=1'><img src=//evil.example/x.png>"
SHOW = "{% extends 'base.html' %}{% block title %}Refused{% endblock %}{% block main %}<h1>Refused</h1>{{ html }}{% endblock %}"


class Quiet(WSGIRequestHandler):
    def log(self, *words):
        pass


def furnish(app):
    """Add a page with what the compiler refused, and one whose wall is broken on purpose."""

    def refused(page):
        parts = (
            html for text in in_lessons()[1][page * 100 :][:100] for html in htmls(render_lesson(text, content.LINKS))
        )
        return render_template_string(SHOW, html=Markup("\n").join(map(Markup, parts)))

    def broken():
        return render_template_string(SHOW, html=Markup(BAD))

    for view, rule in ((refused, "/refused/<int:page>"), (broken, "/broken")):
        view.audience = frozenset({"everyone"})
        app.add_url_rule(rule, view.__name__, view)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The house of the hostile author, with hostile people in it, before a real browser."""
    house = content.open_house(tmp_path_factory.mktemp("browser"), furnish)
    people(house)
    server = make_server("127.0.0.1", 0, house.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield house, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    house.close()


def people(house):
    """Let Mara mentor sixty learners with hostile names, and let Ana and Ivo write hostile notes."""
    from accounts.addresses import tidy
    from accounts.mentorships import begin_mentorship
    from accounts.models import Person
    from accounts.people import add_person
    from core.database import db, writing
    from tests.conftest import NOW, PASSWORD

    names = [name for name in bundles(everything(), 200) if tidy(name)]
    with house.app.app_context(), writing() as session:
        mara = db.session.get(Person, house.ids["mara"])
        crowd = [
            add_person(f"crowd{at}@example.org", name, PASSWORD, ["learner"], now=NOW)
            for at, name in enumerate(names[::5])
        ]
        session.flush()
        for person in crowd:
            begin_mentorship(mara, person, now=NOW)
        db.session.get(Person, house.ids["ana"]).name = "</title><img src=x onerror=__pwned=1>"
    for number, note in enumerate(list(bundles(everything(), 19_000, "\n"))[:3]):
        house.post(house.visitor("ivo"), f"/courses/c/lessons/lesson-{number}/note", {"text": note, "version": "0"})


class Watched:
    """A page that notes everything it should never do."""

    def __init__(self, browser, base, cookie=None):
        self.context = browser.new_context(base_url=base)
        if cookie:
            self.context.add_cookies([{"name": "session", "value": cookie, "url": base}])
        self.context.add_init_script(WATCH)
        self.page, self.troubles, self.base = self.context.new_page(), [], base
        self.page.on("dialog", lambda dialog: (self.troubles.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self.request)
        self.page.on("pageerror", lambda error: self.troubles.append(f"a script broke: {error}"))
        self.page.on("console", self.line)
        self.page.on("popup", lambda popup: self.troubles.append(f"a window: {popup.url}"))

    def request(self, request):
        if not request.url.startswith((self.base, "data:")):
            self.troubles.append(f"a request to {request.url}")

    def line(self, line):
        if line.type in ("error", "warning") and "Failed to load resource" not in line.text:
            self.troubles.append(f"on the console: {line.text}")

    def look_at(self, path):
        self.page.goto(path, wait_until="load")
        assert self.page.url.startswith(self.base), path
        done = self.page.evaluate(POKE)
        assert done == {"pwned": None, "reports": [], "scripts": 0}, path
        assert self.troubles == [], path


def watched(browser, served, who):
    house, base = served
    cookie = house.visitor(who).get_cookie("session").value if who else None
    return Watched(browser, base, cookie)


def test_the_hostile_course_does_nothing(browser, served):
    look = watched(browser, served, "ivo")
    for path in content.addresses(served[0]):
        look.look_at(path)
    look.context.close()


def test_what_the_compiler_refused_would_do_nothing(browser, served):
    look = watched(browser, served, None)
    for page in range(-(-len(in_lessons()[1]) // 100)):
        look.look_at(f"/refused/{page}")
    look.context.close()


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("ada", ["/people", "/people?page=2", "/audit", "/people/7"]),
        ("mara", ["/mentoring", "/people/7/progress", "/people/1/progress"]),
        ("ana", ["/account", "/"]),
    ],
)
def test_hostile_people_do_nothing(browser, served, who, paths):
    look = watched(browser, served, who)
    for path in paths:
        look.look_at(path)
    look.context.close()


@pytest.mark.parametrize(
    ("path", "field"),
    [("/search", "q"), ("/sign-in", "E-mail"), ("/sign-up", "Your name"), ("/password-resets/new", "E-mail")],
)
def test_what_is_typed_by_hand_does_nothing(browser, served, path, field):
    look = watched(browser, served, None)
    for text in list(bundles(everything(), 1_500))[::12]:
        if path == "/search":
            from urllib.parse import quote

            look.look_at(f"/search?q={quote(text)}")
            continue
        look.page.goto(path)
        look.page.locator("main form").evaluate("form => form.noValidate = true")
        look.page.locator("main").get_by_label(field).fill(text)
        look.page.locator("main form button").first.click()
        look.page.wait_for_load_state("load")
        assert look.page.evaluate(POKE)["pwned"] is None
        assert look.troubles == []
    look.context.close()


def test_the_policy_would_stop_what_the_renderer_let_through_and_we_would_see_it(browser, served):
    """A wall broken on purpose: the script does not run, and the report arrives."""
    look = watched(browser, served, None)
    with pytest.raises(AssertionError):
        look.look_at("/broken")
    done = look.page.evaluate(POKE)
    assert done["pwned"] is None and done["scripts"] == 1
    assert len(done["reports"]) >= 3 and look.troubles
    look.context.close()

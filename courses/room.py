"""Opens the room: its pages, and their places in the navigation."""

from flask import Flask

import courses.views.careers
import courses.views.certificates
import courses.views.course
import courses.views.labs
import courses.views.lesson
import courses.views.notes
import courses.views.pages
import courses.views.search
import courses.views.start
import courses.views.words  # noqa: F401
from catalogue.labs.saying import said
from core.offers import Offers, PageOffer
from courses.blueprint import bp
from courses.labs.rounds import exactly

ALL = frozenset({"visitor", "person"})
VISITORS = frozenset({"visitor"})
COURSE_PAGES = frozenset({"courses.course", "courses.lesson"})


def prepare_courses(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(bp)
    app.jinja_env.filters |= {"said": said, "exactly": exactly}
    offers: Offers = app.extensions["offers"]
    offers.pages += [
        PageOffer("Courses", "courses.index", ALL, 10, COURSE_PAGES),
        PageOffer("Glossary", "courses.glossary", ALL, 50),
        PageOffer("Careers", "courses.careers", VISITORS, 60),
        PageOffer("Search", "courses.search", VISITORS, 70),  # the header has its own sign for whoever is signed in
    ]

"""A publication reaches a serving process within a second, without a request that waits for it."""

import time
from dataclasses import replace

import sqlalchemy as sa

from accounts.people import add_person
from app import create_app
from catalogue.models import Document
from catalogue.publishing import publish
from core.background import end_background
from core.database import db, writing
from tests.conftest import NOW, PASSWORD


def test_a_publication_reaches_a_serving_process_within_a_second(settings):
    serving = create_app(replace(settings, serving=True))
    page = "/courses/try-out/lessons/first"
    assert "The launch" in serving.test_client().get(page).text
    elsewhere = create_app(settings)
    with elsewhere.app_context():
        with writing() as session:
            author = add_person("ivo@example.org", "Ivo Novak", PASSWORD, ["instructor"], now=NOW)
            lesson = session.scalars(sa.select(Document).where(Document.path == "try-out/lessons/first.md")).one()
            source = (settings.content_dir / lesson.path).read_text()
            publish(lesson, source.replace("title: The launch", "title: The first day"), author, NOW)
        db.engine.dispose()
    time.sleep(1)
    assert "The first day" in serving.test_client().get(page).text
    end_background(serving)
    with serving.app_context():
        db.engine.dispose()

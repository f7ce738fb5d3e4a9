"""Pictures and films are served by their digest, for good, and drawings in a sandbox."""

import pytest

from catalogue import live
from catalogue.publishing import sync
from catalogue.views import bp
from core.database import writing
from tests.catalogue.conftest import NOW, PICTURE


@pytest.fixture
def picture(house, folder):
    if "catalogue" not in house.blueprints:
        house.register_blueprint(bp)
    with writing():
        sync(folder, now=NOW)
    return house.test_client(), live.refresh().media["c/media/lives.svg"].url


def test_a_drawing_is_served_for_good_and_in_a_sandbox(picture):
    client, url = picture
    response = client.get(url)
    assert response.data == PICTURE and response.mimetype == "image/svg+xml"
    assert "immutable" in response.headers["Cache-Control"] and "max-age=31536000" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_browser_that_has_it_is_sent_nothing(picture):
    client, url = picture
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_part_of_a_file_can_be_asked_for(picture):
    client, url = picture
    response = client.get(url, headers={"Range": "bytes=0-3"})
    assert response.status_code == 206 and response.data == b"<svg"


@pytest.mark.parametrize("change", [("lives.svg", "lives.png"), ("lives.svg", "lives"), ("/media/", "/media/0")])
def test_anything_else_is_not_there(picture, change):
    client, url = picture
    assert client.get(url.replace(*change)).status_code == 404

"""Make README's pictures anew from the demo: `make pictures`."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from accounts.demo_people import DEMO_PASSWORD
from core.config import ROOT
from operations.browser import chromium, demo_server

PICTURES = ROOT / "docs" / "pictures"
LESSON = "/courses/project-and-service/lessons/temporary-and-ongoing"
FLAGSHIP = "/courses/project-and-service/scenarios/pickup-launch"
VIEWS = {
    "front": (None, "/", 1400, "light"),
    "lesson": ("learner", LESSON, 1400, "light"),
    "lesson-dark": ("learner", LESSON, 1400, "dark"),
    "lesson-phone": ("learner", LESSON, 390, "light"),
    "lab": ("learner", "/courses/project-and-service/lessons/measuring-a-project/labs/1", 1400, "light"),
    "course": ("learner", "/courses/project-and-service", 1400, "light"),
    "progress": ("learner", "/progress", 1400, "light"),
    "debrief": ("learner", FLAGSHIP, 1400, "light"),
    "mentoring": ("mentor", "/mentoring", 1400, "light"),
}
TALLEST = 1500


def sign_in(page: Page, who: str) -> None:
    """Sign in as one of the demo's people."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def take(page: Page, path: str, target: Path) -> None:
    """Open a page and keep what a visitor would see, cut where it gets long."""
    page.goto(path, wait_until="networkidle")
    height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    size = page.viewport_size or {"width": 1400, "height": 900}
    page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=target)


def play_to_debrief(page: Page) -> None:
    """Play the flagship to its end and predict something, so that there is a debrief to look at."""
    page.goto(FLAGSHIP)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/runs/\d+$"))
    number = 0
    while re.search(r"/runs/\d+$", page.url):
        choices = page.locator("input[name=choice]")
        choices.nth(number % choices.count()).check()
        page.get_by_role("button", name="Commit to this decision").click()
        page.wait_for_load_state()
        number += 1
    page.locator("input[name=turn]").nth(3).check()
    for field in page.locator("form.card input.input").all():
        field.fill("4")
    page.get_by_role("button", name="Show the debrief").click()
    page.wait_for_load_state()


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_server(Path(folder)) as url, chromium() as browser:
        for name, (who, path, width, light) in VIEWS.items():
            size: ViewportSize = {"width": width, "height": 900}
            page = browser.new_page(base_url=url, viewport=size, color_scheme="dark" if light == "dark" else "light")
            if who:
                sign_in(page, who)
            if name == "debrief":
                play_to_debrief(page)
                path = page.url
            take(page, path, PICTURES / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()

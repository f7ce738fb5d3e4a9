"""Make README's pictures anew from the demo: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from accounts.demo_people import DEMO_PASSWORD
from core.config import ROOT
from operations.browser import chromium, demo_server

PICTURES = ROOT / "docs" / "pictures"
LESSON = "/courses/project-and-service/lessons/temporary-and-ongoing"
VIEWS = {
    "front": (None, "/", 1400, "light"),
    "lesson": ("learner", LESSON, 1400, "light"),
    "lesson-dark": ("learner", LESSON, 1400, "dark"),
    "lesson-phone": ("learner", LESSON, 390, "light"),
    "course": ("learner", "/courses/project-and-service", 1400, "light"),
    "progress": ("learner", "/progress", 1400, "light"),
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


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_server(Path(folder)) as url, chromium() as browser:
        for name, (who, path, width, light) in VIEWS.items():
            size: ViewportSize = {"width": width, "height": 900}
            page = browser.new_page(base_url=url, viewport=size, color_scheme="dark" if light == "dark" else "light")
            if who:
                sign_in(page, who)
            take(page, path, PICTURES / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()

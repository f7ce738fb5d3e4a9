"""What the frame of every page needs: who looks, where one can go, and in which light."""

from typing import Any

from flask import Flask, request
from flask_login import current_user

from core.config import Settings
from core.offers import PageOffer, offers

THEMES = ("light", "dark")


def audiences() -> set[str]:
    """Return the audiences that the person who looks belongs to."""
    return {"person", *current_user.roles} if current_user.is_authenticated else {"visitor"}


def navigation() -> list[dict[str, Any]]:
    """Return the pages that are offered to the person who looks, the current one marked."""
    mine = audiences()
    shown = sorted((page for page in offers().pages if page.audience & mine), key=lambda page: page.order)
    return [{"label": page.label, "endpoint": page.endpoint, "current": is_current(page)} for page in shown]


def is_current(page: PageOffer) -> bool:
    """Say whether this page, or one below it in the same room, is open."""
    return request.endpoint is not None and (request.endpoint == page.endpoint or request.endpoint in page.below)


def theme() -> str | None:
    """Return the light that was chosen, or None for the system's own."""
    chosen = request.cookies.get("theme")
    return chosen if chosen in THEMES else None


def prepare_frame(app: Flask, settings: Settings) -> None:
    """Give templates the viewer, the navigation, the theme and the settings."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        viewer = current_user if current_user and current_user.is_authenticated else None
        return {"viewer": viewer, "nav": navigation(), "theme": theme(), "settings": settings}

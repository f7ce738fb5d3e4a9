"""Furnishes this room: sessions, permissions, passwords, pages, commands."""

from typing import cast

from flask import Flask
from flask_wtf.csrf import CSRFError

from accounts import views_account, views_joining, views_people  # noqa: F401  # they add their pages to the blueprint
from accounts.commands import person_commands
from accounts.expiry import forget_what_ran_out
from accounts.models import Role
from accounts.passwords import prepare_passwords
from accounts.permissions import prepare_permissions
from accounts.sending_again import outage_page, stale_form
from accounts.sign_in import prepare_sign_in
from accounts.views import bp
from core.config import Settings
from core.offers import Offers, PageOffer, TickOffer
from core.outages import Outage

PEOPLE = PageOffer(
    "People",
    "accounts.people",
    frozenset({Role.ADMINISTRATOR}),
    order=80,
    below=frozenset({"accounts.person", "accounts.audit", "accounts.new_invitation", "accounts.add_mentor"}),
)


def prepare_accounts(app: Flask) -> None:
    """Give the app its people; called after the settings, the database and the registry of offers are there."""
    settings = cast(Settings, app.extensions["settings"])
    prepare_passwords(app, quick=settings.quick_hashes)
    prepare_sign_in(app)
    prepare_permissions(app)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(Outage, outage_page)
    app.register_blueprint(bp)
    app.cli.add_command(person_commands)
    offers = cast(Offers, app.extensions["offers"])
    offers.pages.append(PEOPLE)
    offers.ticks.append(TickOffer("what ran out", forget_what_ran_out))

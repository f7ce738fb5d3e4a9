"""Two addresses for operators: is the process alive, and can it serve."""

import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from core.database import db
from core.offers import Offers, ReadinessOffer, offers

bp = Blueprint("health", __name__)


def database_fault() -> str | None:
    """Ask the database for the simplest thing."""
    db.session.execute(sa.text("SELECT 1"))
    return None


def answer(offer: ReadinessOffer) -> str | None:
    """Ask one question; where the database is away, that is the answer."""
    try:
        return offer.ask()
    except SQLAlchemyError as error:
        return f"cannot be asked ({type(error).__name__})"


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that this process is alive; it asks nothing of anybody else."""
    return jsonify(status="alive")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether this process can serve, and what is wrong when it cannot."""
    found = [(offer, fault) for offer in offers().readiness if (fault := answer(offer))]
    faults = {offer.name: fault for offer, fault in found if offer.serious}
    warnings = {offer.name: fault for offer, fault in found if not offer.serious}
    status = "not ready" if faults else "ready"
    return jsonify(status=status, faults=faults, warnings=warnings), 503 if faults else 200


def prepare_health(app: Flask) -> None:
    """Open the two addresses."""
    app.register_blueprint(bp)
    offered: Offers = app.extensions["offers"]
    offered.readiness.append(ReadinessOffer("database", database_fault))

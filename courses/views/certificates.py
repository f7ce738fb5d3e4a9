"""Certificates: made when a course is complete, and open to whoever is shown their address."""

from datetime import UTC
from secrets import token_hex

from flask import abort, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import EVERYONE, SIGNED_IN, allow
from core.clock import now
from core.database import writing
from core.errors import Refused
from core.wording import date_in_words
from courses.blueprint import bp, course_or_404, viewer
from courses.completing import requirements
from progress.certificates import award, certificate_with
from progress.queries import study_state

SERIAL_BYTES = 12


@bp.post("/courses/<course>/certificate")
@allow(SIGNED_IN)
def certify(course: str) -> ResponseReturnValue:
    """Make the certificate of a course that is complete; asked for again, the same one is shown."""
    found, moment = course_or_404(course), now()
    with writing(learner=current_user.id):
        wanted = requirements(found, current_user.id, study_state(current_user.id, found.id), moment)
        missing = [one.words for one in wanted if not one.met]
        if missing or not wanted:
            raise Refused(f"This course is not complete yet: {'; '.join(missing) or 'it gives no certificate'}.")
        made = award(current_user, found, [one.words for one in wanted], token_hex(SERIAL_BYTES), now=moment)
        serial = made.serial
    return redirect(url_for("courses.certificate", serial=serial))


@bp.get("/certificates/<serial>")
@allow(EVERYONE)
def certificate(serial: str) -> ResponseReturnValue:
    """Show a certificate to whoever was given its address; search engines are asked to leave it alone."""
    found, person = certificate_with(serial) or abort(404), viewer()
    address = current_app.extensions["settings"].base_url + url_for("courses.certificate", serial=serial)
    page = render_template(
        "courses/certificate.html",
        certificate=found,
        address=address,
        earned_on=date_in_words(found.earned_at, UTC),
        mine=person is not None and person.id == found.learner_id,
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

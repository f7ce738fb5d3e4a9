"""Marking answers anew after a question was corrected: first what would change, then the button."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Role
from accounts.permissions import allow
from catalogue.live import current
from core.clock import now
from core.errors import Refused
from core.wording import plural
from quizzes.kinds import Shown
from quizzes.regrades.preview import Correction, correction_of, regrade_preview
from quizzes.regrades.queries import finished_answers
from quizzes.regrades.running import Done, regrade
from quizzes.views import bp

SECONDS = 20.0  # in one request; the next press does the rest
CHANGED_AGAIN = "The question was changed again meanwhile. Look at what would change now, then press once more."


@bp.get("/studio/reports/regrades/<course>/<question>")
@allow(Role.INSTRUCTOR, Role.ADMINISTRATOR)
def regrades(course: str, question: str) -> ResponseReturnValue:
    """Show what marking the answers to a corrected question anew would change, and what it has changed."""
    return regrade_page(f"{course}/{question}", asked_digest())


def asked_digest() -> str:
    """Return the digest of the question as it was shown."""
    return request.args.get("digest") or abort(404)


def regrade_page(ref: str, digest: str, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the preview."""
    answers = finished_answers(ref, digest)
    correction = correction_of(ref, digest, current(), answers)
    return render_template(
        "quizzes/regrades.html",
        correction=correction,
        preview=regrade_preview(correction, answers),
        newer=Shown(correction.newer, 0),
        older=Shown(correction.older, 0) if correction.older else None,
        problem=problem,
    ), status


@bp.post("/studio/reports/regrades/<course>/<question>")
@allow(Role.INSTRUCTOR, Role.ADMINISTRATOR)
def regrade_answers(course: str, question: str) -> ResponseReturnValue:
    """Mark the answers anew; the form names the question as it stood in the preview."""
    ref, digest = f"{course}/{question}", asked_digest()
    correction = correction_of(ref, digest, current())
    try:
        done = run(correction)
    except Refused as refusal:
        return regrade_page(ref, digest, refusal.sentence, refusal.status)
    flash(done_words(done))
    return redirect(url_for("sittings.regrades", course=course, question=question, digest=digest))


def run(correction: Correction) -> Done:
    """Regrade, where the question still is what the preview showed."""
    if request.form.get("newer") != correction.newer.digest:
        raise Refused(CHANGED_AGAIN)
    return regrade(correction, now=now(), by_id=current_user.id, seconds=SECONDS)


def done_words(done: Done) -> str:
    """Say how far the regrade has come."""
    told = f"{plural(done.regraded, 'answer')} marked anew."
    left = f" Those of {plural(done.learners_left, 'learner')} are left; press the button once more."
    return told + left if done.learners_left else told

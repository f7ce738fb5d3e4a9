"""Pages about the product itself."""

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from accounts.sign_in import REMEMBERED_FOR
from courses.blueprint import bp
from courses.sample import sample


@bp.get("/accessibility")
@allow(EVERYONE)
def accessibility() -> ResponseReturnValue:
    """Say what was done so that everybody can use this, and what is not done yet."""
    return render_template("courses/accessibility.html")


@bp.get("/privacy")
@allow(EVERYONE)
def privacy() -> ResponseReturnValue:
    """Say what is kept about people, and what is not."""
    return render_template("courses/privacy.html", remembered=REMEMBERED_FOR.days)


@bp.get("/styleguide")
@allow(EVERYONE)
def styleguide() -> ResponseReturnValue:
    """Show every component, where the product is tried or built."""
    if not (current_app.extensions["settings"].demo or current_app.debug or current_app.testing):
        abort(404)
    return render_template("styleguide.html", sample=sample())

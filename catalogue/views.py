"""Pictures, films and captions, by the digest of their bytes: what has an address never changes."""

import re
from io import BytesIO

import sqlalchemy as sa
from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from catalogue.media import TYPES
from catalogue.models import MediaFile
from core.database import db

bp = Blueprint("catalogue", __name__)
DIGEST = re.compile(r"[0-9a-f]{64}")
FOREVER = "public, max-age=31536000, immutable"
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@bp.get("/media/<sha256>/<name>")
@allow(EVERYONE)
def media(sha256: str, name: str) -> ResponseReturnValue:
    """Send a file; browsers may keep it for good."""
    if not DIGEST.fullmatch(sha256):
        abort(404)
    ending = name[name.rfind(".") :].lower()
    wanted = sa.select(MediaFile).where(MediaFile.sha256 == sha256, MediaFile.media_type == TYPES.get(ending, ""))
    file = db.session.scalars(wanted).one_or_none() or abort(404)
    response = send_file(BytesIO(file.content), file.media_type, etag=file.sha256, conditional=True)
    response.headers["Cache-Control"] = FOREVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    if file.media_type == TYPES[".svg"]:
        response.headers["Content-Security-Policy"] = DRAWING_POLICY
    return response

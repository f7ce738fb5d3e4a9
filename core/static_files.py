"""Style sheets, scripts and fonts under an address that names their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from core.security import HEADERS

YEAR = 365 * 24 * 3600


def digest_of(folder: Path) -> str:
    """Return a short digest of all files below the folder; it changes whenever one of them does."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]


def prepare_static_files(app: Flask, folder: Path) -> None:
    """Serve the folder below /static/<digest>/; modules and fonts keep their relative addresses."""
    prefix = f"static/{digest_of(folder)}/"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's documented way to wrap
        app.wsgi_app,
        root=str(folder),
        prefix=prefix,
        max_age=YEAR,
        immutable_file_test=lambda path, url: True,
        add_headers_function=harden,
    )
    app.add_template_global(lambda path: f"/{prefix}{path}", "asset")


def harden(headers: dict[str, str], path: str, url: str) -> None:
    """Send the headers of every other answer, which never passes by here."""
    for key, value in HEADERS.items():
        headers[key] = value

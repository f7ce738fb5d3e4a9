"""A proxy in front knows the visitor's address; only those that the operator named are believed."""

from flask import Flask
from granian.utils.proxies import wrap_wsgi_with_proxy_headers


def prepare_proxies(app: Flask, trusted: tuple[str, ...]) -> None:
    """Take address and scheme from X-Forwarded-For and -Proto, read from the right past every trusted proxy.

    The Host header is never read from a proxy: links in pages are paths, links in mail begin with BASE_URL.
    """
    if trusted:
        app.wsgi_app = wrap_wsgi_with_proxy_headers(app.wsgi_app, list(trusted))  # type: ignore[method-assign]

"""Structured logs: one JSON line a request, with its id, and no personal text."""

import logging
import sys
import time
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog
from flask import Flask, Response, g, request
from structlog.tracebacks import ExceptionDictTransformer


class SureFile:
    """Standard error as far as it can be written to: a full disk under the log must not undo what was done."""

    def write(self, text: str) -> None:
        """Write, or let it be."""
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Send it off, or let it be."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def prepare_logs(app: Flask) -> None:
    """Write JSON lines to standard error; log each request by its route, never by its path or its text."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, SureFile())),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app.log_exception = log_crash  # type: ignore[method-assign]  # Flask's own would write it as plain text
    app.before_request(start_watch)
    app.after_request(log_request)


def log_crash(exc_info: Any) -> None:
    """Write what nobody foresaw: where it happened, and never the values, which may be somebody's words."""
    structlog.get_logger().error("crash", request_id=g.get("request_id"), exc_info=exc_info)


def start_watch() -> None:
    """Note when the request began."""
    g.began = time.perf_counter()


def log_request(response: Response) -> Response:
    """Write one line about the request; the route names the page without naming a person's token."""
    route = request.url_rule.rule if request.url_rule else "-"
    if route.startswith("/static") or route in ("/healthz", "/readyz"):
        return response
    structlog.get_logger().info(
        "request",
        request_id=g.get("request_id"),
        method=request.method,
        route=route,
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    )
    return response

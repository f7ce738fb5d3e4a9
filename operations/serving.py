"""`flask serve`: make the house ready in one process, then serve it from several."""

import ipaddress
import multiprocessing
import os
import socket
import threading
import time
import urllib.request
from typing import Any, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from core.config import Settings, WrongSetting
from core.config import trusted_proxies as read_proxies
from core.database import db
from core.migrating import bring_up, pending
from core.outages import outages_named
from core.wording import plural

THREADS = 4  # in each process
WAIT_SECONDS = 30
READY_SECONDS = 8.0  # at a reload: how long a new process has for its start, before the old one ends
STOP_SECONDS = 30  # what an answer under way may take when the house stops


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes; one a core.")
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1, 64), help="Threads of each.")
@click.option("--trusted-proxies", default=None, help="Addresses or networks of proxies in front, between commas.")
@click.option("--keep-tables", is_flag=True, help="Refuse to start when the tables have to be brought up first.")
@with_appcontext
def serve(host: str, port: int, workers: int, threads: int, trusted_proxies: str | None, keep_tables: bool) -> None:
    """Migrate the database, publish the content, and serve until stopped.

    SIGTERM or Ctrl+C stops after the answers under way; SIGHUP starts the processes anew, one after the other.
    """
    settings = cast(Settings, current_app.extensions["settings"])
    check_start(settings, host, port)
    if trusted_proxies is not None:
        read_proxies(trusted_proxies)
        os.environ["TRUSTED_PROXIES"] = trusted_proxies
    with outages_named():
        bring_tables_up(keep_tables)
        make_ready(settings)
    db.engine.dispose()  # no connection may be shared with the processes to come
    threading.Thread(target=announce, args=(settings, host, port), daemon=True).start()
    run_workers(host, port, workers, threads)


def check_start(settings: Settings, host: str, port: int) -> None:
    """Stop with a sentence when something is missing that serving needs."""
    if not settings.secret_key:
        raise WrongSetting(
            "SECRET_KEY is needed, a long secret that signs people's sessions. "
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    if settings.demo and not is_loopback(host):
        raise WrongSetting(
            "The demo has passwords that everybody knows, so it listens on 127.0.0.1 only. Unset HANDOVER_DEMO to serve others."
        )
    check_port(host, port)


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(host: str, port: int) -> None:
    """Stop with a sentence when the address is not to be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WrongSetting(
                f"Port {port} on {host} cannot be used ({error.strerror}); another program may hold it. "
                f"Stop that program, or choose another port: make run PORT={port + 1}"
            ) from None


def bring_tables_up(keep_tables: bool) -> None:
    """Run the migrations that are pending and say so; with `keep_tables`, stop instead."""
    steps = pending()
    if steps and keep_tables:
        raise WrongSetting(
            f"{plural(len(steps), 'migration')} pending ({'; '.join(steps)}). Make a backup, then run: flask db upgrade"
        )
    for step in bring_up():
        click.echo(f"Tables: {step}.")


def make_ready(settings: Settings) -> None:
    """Bring the content up to date, and fill the demo at its first start."""
    from catalogue.commands import sync_content
    from operations.demo import fill_demo

    sync_content(settings.content_dir)
    if settings.demo:
        fill_demo()


def run_workers(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped, from processes that each build the app anew, so that a reload takes up new code."""
    from granian import Granian

    os.environ["HANDOVER_SERVING"] = "1"
    multiprocessing.set_start_method("spawn", force=True)
    Granian("app:create_app", **granian_settings(host, port, workers, threads)).serve()


def granian_settings(host: str, port: int, workers: int, threads: int = THREADS) -> dict[str, Any]:
    """Return how Granian is started; the bench starts what it compares with in the same way."""
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return {
        "factory": True,
        "address": host,
        "port": port,
        "interface": Interfaces.WSGI,
        "workers": workers,
        "blocking_threads": threads,
        "respawn_failed_workers": True,
        "workers_kill_timeout": STOP_SECONDS,
        "respawn_interval": READY_SECONDS,
        "log_level": LogLevels.warning,
        "websockets": False,
    }


def announce(settings: Settings, host: str, port: int) -> None:
    """Say on the terminal what to open, once it answers."""
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if wait_until_alive(url):
        click.echo(welcome(url) if settings.demo else f"Handover serves on {url} (process {os.getpid()}).")


def wait_until_alive(url: str) -> bool:
    """Wait for the first answer."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):  # noqa: S310 - our own address  # nosec B310
                return True
        except OSError:
            time.sleep(0.05)
    return False


def welcome(url: str) -> str:
    """Say whom to be in the demo."""
    rows = "\n".join(f"    {email}" for email in DEMO_PEOPLE.values())
    return f"\nHandover is ready. Open {url}\n\n  Sign in as one of\n{rows}\n  with the password {DEMO_PASSWORD}\n\n  Stop with Ctrl+C.\n"

"""Settings, read once from the environment; a wrong value stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException

from core.outside import MailServer, mail_server_at, networks

ROOT = Path(__file__).resolve().parent.parent
SIGN_UP_WAYS = ("open", "invitation")
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
SHORTEST_SECRET = 16


class WrongSetting(ClickException):
    """A setting that cannot be used; the text says which one and how to mend it, and a command shows it as one line."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator can choose, already checked."""

    database_url: str
    secret_key: str | None
    demo: bool = False
    sign_up: str = "open"
    mail: MailServer | None = None  # without one, mail waits in the outbox
    mail_from: str = "handover@localhost"
    trusted_proxies: tuple[str, ...] = ()
    content_dir: Path = ROOT / "content"
    instance_dir: Path = ROOT / "instance"
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    pooled: bool = False  # PostgreSQL stands behind a pooler of transactions
    serving: bool = False  # set by `flask serve` for its processes: they watch for publications
    quick_hashes: bool = False  # tests only: argon2 at its cheapest

    @property
    def on_sqlite(self) -> bool:
        """Say whether the data lives in a file beside the product."""
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings; raise WrongSetting with a sentence for the operator."""
    given = os.environ if environ is None else environ
    instance = writable_folder(Path(given.get("INSTANCE_DIR") or ROOT / "instance").absolute())
    demo = switch(given, "HANDOVER_DEMO")
    base_url = web_address(given.get("BASE_URL") or "http://127.0.0.1:8000")
    return Settings(
        database_url=database_address(given.get("DATABASE_URL") or f"sqlite:///{instance / 'handover.sqlite'}"),
        secret_key=secret_key(given, demo, instance),
        demo=demo,
        sign_up=one_of(given, "SIGN_UP", SIGN_UP_WAYS),
        mail=mail_server(given.get("SMTP_URL") or ""),
        mail_from=mail_from(given, base_url),
        trusted_proxies=trusted_proxies(given.get("TRUSTED_PROXIES") or ""),
        content_dir=content_folder(Path(given.get("CONTENT_DIR") or ROOT / "content").absolute()),
        instance_dir=instance,
        base_url=base_url,
        secure_cookies=base_url.startswith("https://"),
        pooled=switch(given, "DATABASE_POOLER"),
        serving=switch(given, "HANDOVER_SERVING"),
    )


def switch(given: Mapping[str, str], name: str) -> bool:
    """Read an on-or-off setting."""
    value = given.get(name, "").strip().lower()
    if value in ("", "0", "no", "off", "false"):
        return False
    if value in ("1", "yes", "on", "true"):
        return True
    raise WrongSetting(f"{name} is {value!r}; write 1 to switch it on, or leave it out.")


def one_of(given: Mapping[str, str], name: str, ways: tuple[str, ...]) -> str:
    """Read a setting that has a few named values, the first being the default."""
    value = given.get(name) or ways[0]
    if value not in ways:
        raise WrongSetting(f"{name} is {value!r}; it can be {' or '.join(ways)}.")
    return value


def database_address(url: str) -> str:
    """Check the database's address and name the driver we ship for PostgreSQL."""
    if not url.startswith(DATABASES):
        raise WrongSetting(
            "DATABASE_URL must begin with sqlite:/// (a file) or postgresql:// (a server), "
            "for example postgresql://handover:secret@localhost/handover."
        )
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def web_address(url: str) -> str:
    """Check the address under which people reach the product."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise WrongSetting(f"BASE_URL is {url!r}; write the whole address, for example https://study.example.org.")
    return url.rstrip("/")


def mail_server(url: str) -> MailServer | None:
    """Read where mail is handed over; nothing means that it waits."""
    try:
        return mail_server_at(url) if url else None
    except ValueError as fault:
        raise WrongSetting(f"SMTP_URL {fault}; write it like smtp://user:password@mail.example.org:587.") from None


def mail_from(given: Mapping[str, str], base_url: str) -> str:
    """Read the address that mail comes from; by default handover@ the host of BASE_URL."""
    address = given.get("MAIL_FROM") or f"handover@{urlsplit(base_url).hostname}"
    if address.count("@") != 1 or not address.isprintable() or " " in address:
        raise WrongSetting(f"MAIL_FROM is {address!r}; write one e-mail address, for example study@example.org.")
    return address


def trusted_proxies(listed: str) -> tuple[str, ...]:
    """Read whose word about the visitor's address is taken."""
    try:
        return networks(listed)
    except ValueError as fault:
        raise WrongSetting(
            f"TRUSTED_PROXIES {fault}; list the proxies' addresses or networks, for example 127.0.0.1, 10.0.0.0/8."
        ) from None


def content_folder(path: Path) -> Path:
    """Check that the folder with the courses is there."""
    if not path.is_dir():
        raise WrongSetting(
            f"CONTENT_DIR is {str(path)!r}, and there is no such folder; name the folder with the courses."
        )
    return path


def writable_folder(path: Path) -> Path:
    """Make the folder for data and prove that it can be written to."""
    probe = path / f".probe-{os.getpid()}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise WrongSetting(
            f"The folder {str(path)!r} cannot be written to ({error.strerror}); "
            "give its user the right to write there, or set INSTANCE_DIR to another folder."
        ) from None
    return path


def secret_key(given: Mapping[str, str], demo: bool, instance: Path) -> str | None:
    """Return the key that signs sessions; the demo makes and keeps its own."""
    key = given.get("SECRET_KEY")
    if key and len(key) < SHORTEST_SECRET:
        raise WrongSetting(f"SECRET_KEY is too short to be safe; give it {SHORTEST_SECRET} characters or more.")
    return key or (kept_secret(instance / "secret-key") if demo else None)


def kept_secret(path: Path) -> str:
    """Return the demo's own key, made at its first start so that people stay signed in over restarts."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")

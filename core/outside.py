"""What stands around the house, read from an operator's words: the mail server, and the proxies in front. Pure."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `tls` is encrypted from the first byte, else STARTTLS where the server offers it."""

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def near(self) -> bool:
        """Say whether it runs on this machine, where a password may travel in the clear."""
        return self.host in ("localhost", "127.0.0.1", "::1")


def mail_server_at(url: str) -> MailServer:
    """Read smtp://user:password@host:port or smtps://…; raise ValueError with what is wrong, without the password."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise ValueError("must begin with smtp:// (STARTTLS) or smtps:// (TLS at once)")
    if not parts.hostname:
        raise ValueError("names no mail server")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("has a port that is no number up to 65535") from None
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password)


def networks(listed: str) -> tuple[str, ...]:
    """Read addresses and networks between commas; raise ValueError at the first that is neither."""
    names = tuple(name.strip() for name in listed.split(",") if name.strip())
    for name in names:
        try:
            ipaddress.ip_network(name)
        except ValueError:
            raise ValueError(f"has {name!r}, which is no network address") from None
    return names

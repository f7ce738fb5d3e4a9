"""Addresses inside this house: the only ones somebody is ever sent on to."""

from urllib.parse import urlsplit

LONGEST_ADDRESS = 2000


def is_local(address: str) -> bool:
    """Say whether every browser takes the address for a path of this house."""
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST_ADDRESS:
        return False
    if "\\" in address or any(ord(sign) < 32 or ord(sign) == 127 for sign in address):
        return False  # browsers turn a backslash into a slash and drop tabs and line ends
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def local_or(address: str | None, otherwise: str) -> str:
    """Return the address if it is one of ours, else the other one."""
    return address if address and is_local(address) else otherwise

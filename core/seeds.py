"""Seeds: numbers that follow from names and from nothing else, on every machine."""

from hashlib import sha256


def seed_of(*parts: object) -> int:
    """Return a number that follows from the parts and from nothing else, on every machine."""
    digest = sha256("\0".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8]) >> 1  # fits a signed column of 64 bits

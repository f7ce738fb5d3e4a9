"""E-mail addresses and names as people type them: tidied for keeping, folded for comparing."""

import unicodedata

LONGEST_EMAIL = 254
LONGEST_NAME = 200


def tidy(text: str) -> str:
    """Return the text in composed form, without control characters and with single spaces."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in composed)
    return " ".join(plain.split())


def email_key(email: str) -> str:
    """Fold an address, so that one address is one account however it is written."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tidy(email)).casefold())


def email_fault(email: str) -> str | None:
    """Say what is wrong with an address, or None."""
    if not tidy(email):
        return "Write an e-mail address, for example ana@example.org."
    if len(email) > LONGEST_EMAIL:
        return f"An e-mail address has at most {LONGEST_EMAIL} characters; shorten this one."
    name, at, host = tidy(email).rpartition("@")
    sound = at and name and "@" not in name and host and " " not in tidy(email) and all(host.split("."))
    return None if sound else "This is not an e-mail address; write one like ana@example.org."


def name_fault(name: str) -> str | None:
    """Say what is wrong with a person's name, or None; names of every script are fine."""
    if not tidy(name):
        return "Write the name by which others should know this person."
    if len(tidy(name)) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters here; shorten it."
    return None

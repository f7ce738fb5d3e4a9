"""How often somebody may try a password, for one account and from one address, over all processes."""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from accounts.addresses import email_key
from core.limits import count_try, forget_tries, tries

WINDOW = timedelta(minutes=15)
TRIES_FOR_EMAIL = 10
WRONG_FROM_ADDRESS = 60  # a whole class may sit behind one address, so only wrong tries count there
HOUR = timedelta(hours=1)
SIGN_UPS_FROM_ADDRESS = 60
RESETS_FOR_EMAIL = 3
RESETS_FROM_ADDRESS = 30

TOO_MANY = "That was one try too many. Wait 15 minutes and try again, or set a new password by e-mail."
TOO_MANY_SOON = "There were many of these from your network just now. Please try again in an hour."


def may_guess(email: str, address: str, *, now: datetime) -> bool:
    """Count a try for the account and say whether it may go on; the caller commits whatever the answer is."""
    counted = count_try(email_counter("sign-in", email), WINDOW, now=now)
    return (
        counted <= TRIES_FOR_EMAIL and tries(address_counter("sign-in", address), WINDOW, now=now) < WRONG_FROM_ADDRESS
    )


def note_wrong_guess(address: str, *, now: datetime) -> None:
    """Count a wrong try for the address."""
    count_try(address_counter("sign-in", address), WINDOW, now=now)


def forgive(email: str) -> None:
    """Forget the account's tries once its owner got in."""
    forget_tries(email_counter("sign-in", email))


def may_sign_up(address: str, *, now: datetime) -> bool:
    """Count a new account from this address and say whether it may be opened."""
    return count_try(address_counter("sign-up", address), HOUR, now=now) <= SIGN_UPS_FROM_ADDRESS


def may_ask_reset(address: str, *, now: datetime) -> bool:
    """Count a request for a reset from this address and say whether it is heard."""
    return count_try(address_counter("reset", address), HOUR, now=now) <= RESETS_FROM_ADDRESS


def may_mail_reset(email: str, *, now: datetime) -> bool:
    """Count a request for a reset of this account and say whether one more message is sent."""
    return count_try(email_counter("reset", email), HOUR, now=now) <= RESETS_FOR_EMAIL


def email_counter(act: str, email: str) -> str:
    """Name the counter of an account; a digest, so that the counters tell nobody's address."""
    return f"{act}:email:{hashlib.sha256(email_key(email).encode('utf-8', 'replace')).hexdigest()[:32]}"


def address_counter(act: str, address: str) -> str:
    """Name the counter of a network address; in IPv6 one household has a whole /64."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return f"{act}:address:unknown"
    place = ip if ip.version == 4 else ipaddress.ip_network((ip, 64), strict=False).network_address
    return f"{act}:address:{place}"

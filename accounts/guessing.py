"""How often somebody may try a password, for one account and from one address, over all processes."""

import ipaddress
from datetime import datetime, timedelta

from accounts.addresses import email_key
from core.limits import count_try, counter, forget_tries, take_back

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
    """Count a try for the network address and the account, and say whether it may go on; the caller commits in any case.

    Every try counts before the slow hash, so that of many at the same moment none slips through; a right one is taken back.
    From an address that is shut out, nothing counts against the account: nobody can shut out others from there.
    """
    if count_try(address_counter("sign-in", address), WINDOW, now=now) > WRONG_FROM_ADDRESS:
        return False
    return count_try(email_counter("sign-in", email), WINDOW, now=now) <= TRIES_FOR_EMAIL


def was_no_guess(address: str, *, counted: datetime) -> None:
    """Take a try back from the network address: its password was right, or was not looked at."""
    take_back(address_counter("sign-in", address), WINDOW, counted=counted)


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
    """Name the counter of an account."""
    return counter(act, "email", email_key(email))


def address_counter(act: str, address: str) -> str:
    """Name the counter of a network address; in IPv6 one household has a whole /64."""
    return counter(act, "address", place_of(address))


def place_of(address: str) -> str:
    """Return the place that an address belongs to; an IPv4 address in the clothes of IPv6 is itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 64), strict=False).network_address)

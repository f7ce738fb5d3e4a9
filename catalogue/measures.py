"""The measures of both trades, each with its convention; questions, labs and scenarios share them.

Every formula takes numbers or arrays of numbers. Sources: the earned value measures follow the PMI's Standard for
Earned Value Management; the service measures the ITIL practice guides, with the convention named where authorities
differ (MTBF excludes the time to restore; the reliability engineers' MTBF includes it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any


@dataclass(frozen=True)
class Measure:
    """A measure: what it is called, how it is calculated, and by which convention."""

    title: str
    formula: Callable[..., Any]
    unit: str
    convention: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of what it needs."""
        return tuple(signature(self.formula).parameters)


MONEY, RATIO, PERCENT, HOURS = "money", "ratio", "%", "h"
TO_DATE = "PV, EV and AC cumulative to the status date"

MEASURES: dict[str, Measure] = {
    "cv": Measure("Cost variance", lambda ev, ac: ev - ac, MONEY, TO_DATE),
    "sv": Measure("Schedule variance", lambda ev, pv: ev - pv, MONEY, TO_DATE),
    "cpi": Measure("Cost performance index", lambda ev, ac: ev / ac, RATIO, TO_DATE),
    "spi": Measure("Schedule performance index", lambda ev, pv: ev / pv, RATIO, TO_DATE),
    "eac": Measure("Estimate at completion", lambda bac, ev, ac: bac * ac / ev, MONEY, "the cost efficiency so far goes on: BAC / CPI"),
    "eac_at_plan": Measure("Estimate at completion", lambda bac, ev, ac: ac + bac - ev, MONEY, "the rest is done at the planned rate"),
    "eac_both": Measure("Estimate at completion", lambda bac, ev, ac, pv: ac + (bac - ev) * ac * pv / (ev * ev), MONEY, "cost and schedule efficiency both go on: the rest divided by CPI × SPI"),
    "etc": Measure("Estimate to complete", lambda eac, ac: eac - ac, MONEY, "EAC less what was spent"),
    "vac": Measure("Variance at completion", lambda bac, eac: bac - eac, MONEY, "budget less estimate at completion"),
    "tcpi": Measure("To-complete performance index", lambda bac, ev, ac: (bac - ev) / (bac - ac), RATIO, "to meet the budget"),
    "tcpi_eac": Measure("To-complete performance index", lambda bac, ev, ac, eac: (bac - ev) / (eac - ac), RATIO, "to meet the estimate"),
    "availability": Measure("Availability", lambda agreed, down: 100 * (agreed - down) / agreed, PERCENT, "agreed service time less downtime, as a share of agreed service time"),
    "mtrs": Measure("Mean time to restore service", lambda down, failures: down / failures, HOURS, "from the failure until the users have their service back"),
    "mtbf": Measure("Mean time between failures", lambda agreed, down, failures: (agreed - down) / failures, HOURS, "uptime only, from restored to the next failure"),
    "mtbf_reliability": Measure("Mean time between failures", lambda agreed, failures: agreed / failures, HOURS, "as reliability engineers count: repair included, from failure to failure"),
    "mtbsi": Measure("Mean time between service incidents", lambda agreed, failures: agreed / failures, HOURS, "from failure to failure"),
    "error_budget": Measure("Error budget", lambda slo, period: (1 - slo / 100) * period, HOURS, "what the objective leaves of the period"),
    "burn_rate": Measure("Burn rate", lambda bad, slo: bad / (100 - slo), RATIO, "share of bad events over the share allowed, both in percent"),
    "first_contact_resolution": Measure("First-contact resolution", lambda resolved, contacts: 100 * resolved / contacts, PERCENT, "of all contacts"),
    "change_failure_rate": Measure("Change failure rate", lambda failed, changes: 100 * failed / changes, PERCENT, "of all changes that were made"),
}  # fmt: skip

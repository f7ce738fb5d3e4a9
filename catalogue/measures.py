"""The measures of both trades, each with its convention; questions, labs and scenarios share them.

Every formula takes numbers or arrays of numbers. Sources: the earned value measures follow the PMI's Standard for
Earned Value Management; the service measures the ITIL practice guides, with the convention named where authorities
differ (MTBF excludes the time to restore; the reliability engineers' MTBF includes it). Estimates follow PERT's beta
and the triangular distribution; money is judged as every textbook of finance does, with yearly payments.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any


@dataclass(frozen=True)
class Measure:
    """A measure: what it is called, how it is calculated and written, and by which convention."""

    title: str
    formula: Callable[..., Any]
    unit: str
    convention: str
    written: str  # the formula as people write it, its inputs in braces

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of what it needs."""
        return tuple(signature(self.formula).parameters)


MONEY, RATIO, PERCENT, HOURS, DAYS, YEARS, TIME = "money", "ratio", "%", "h", "days", "years", "time"
TO_DATE = "PV, EV and AC cumulative to the status date"

MEASURES: dict[str, Measure] = {
    "cv": Measure("Cost variance", lambda ev, ac: ev - ac, MONEY, TO_DATE, "{ev} − {ac}"),
    "sv": Measure("Schedule variance", lambda ev, pv: ev - pv, MONEY, TO_DATE, "{ev} − {pv}"),
    "cpi": Measure("Cost performance index", lambda ev, ac: ev / ac, RATIO, TO_DATE, "{ev} ÷ {ac}"),
    "spi": Measure("Schedule performance index", lambda ev, pv: ev / pv, RATIO, TO_DATE, "{ev} ÷ {pv}"),
    "eac": Measure("Estimate at completion", lambda bac, ev, ac: bac * ac / ev, MONEY, "the cost efficiency so far goes on: BAC / CPI", "{bac} ÷ ({ev} ÷ {ac})"),
    "eac_at_plan": Measure("Estimate at completion", lambda bac, ev, ac: ac + bac - ev, MONEY, "the rest is done at the planned rate", "{ac} + ({bac} − {ev})"),
    "eac_both": Measure("Estimate at completion", lambda bac, ev, ac, pv: ac + (bac - ev) * ac * pv / (ev * ev), MONEY, "cost and schedule efficiency both go on: the rest divided by CPI × SPI", "{ac} + ({bac} − {ev}) ÷ (({ev} ÷ {ac}) × ({ev} ÷ {pv}))"),
    "etc": Measure("Estimate to complete", lambda eac, ac: eac - ac, MONEY, "EAC less what was spent", "{eac} − {ac}"),
    "vac": Measure("Variance at completion", lambda bac, eac: bac - eac, MONEY, "budget less estimate at completion", "{bac} − {eac}"),
    "tcpi": Measure("To-complete performance index", lambda bac, ev, ac: (bac - ev) / (bac - ac), RATIO, "to meet the budget", "({bac} − {ev}) ÷ ({bac} − {ac})"),
    "tcpi_eac": Measure("To-complete performance index", lambda bac, ev, ac, eac: (bac - ev) / (eac - ac), RATIO, "to meet the estimate", "({bac} − {ev}) ÷ ({eac} − {ac})"),
    "availability": Measure("Availability", lambda agreed, down: 100 * (agreed - down) / agreed, PERCENT, "agreed service time less downtime, as a share of agreed service time", "({agreed} − {down}) ÷ {agreed}"),
    "mtrs": Measure("Mean time to restore service", lambda down, failures: down / failures, HOURS, "from the failure until the users have their service back", "{down} ÷ {failures}"),
    "mtbf": Measure("Mean time between failures", lambda agreed, down, failures: (agreed - down) / failures, HOURS, "uptime only, from restored to the next failure", "({agreed} − {down}) ÷ {failures}"),
    "mtbf_reliability": Measure("Mean time between failures", lambda agreed, failures: agreed / failures, HOURS, "as reliability engineers count: repair included, from failure to failure", "{agreed} ÷ {failures}"),
    "mtbsi": Measure("Mean time between service incidents", lambda agreed, failures: agreed / failures, HOURS, "from failure to failure", "{agreed} ÷ {failures}"),
    "error_budget": Measure("Error budget", lambda slo, period: (1 - slo / 100) * period, HOURS, "what the objective leaves of the period", "(1 − {slo} %) × {period}"),
    "burn_rate": Measure("Burn rate", lambda bad, slo: bad / (100 - slo), RATIO, "share of bad events over the share allowed, both in percent", "{bad} % ÷ (100 % − {slo} %)"),
    "first_contact_resolution": Measure("First-contact resolution", lambda resolved, contacts: 100 * resolved / contacts, PERCENT, "of all contacts", "{resolved} ÷ {contacts}"),
    "change_failure_rate": Measure("Change failure rate", lambda failed, changes: 100 * failed / changes, PERCENT, "of all changes that were made", "{failed} ÷ {changes}"),
    "expected_beta": Measure("Expected duration", lambda best, likely, worst: (best + 4 * likely + worst) / 6, DAYS, "beta distribution, as in PERT: the most likely value weighs four times", "({best} + 4 × {likely} + {worst}) ÷ 6"),
    "deviation_beta": Measure("Standard deviation", lambda best, worst: (worst - best) / 6, DAYS, "beta distribution: a sixth of the range", "({worst} − {best}) ÷ 6"),
    "expected_triangular": Measure("Expected duration", lambda best, likely, worst: (best + likely + worst) / 3, DAYS, "triangular distribution: all three weigh the same", "({best} + {likely} + {worst}) ÷ 3"),
    "roi": Measure("Return on investment", lambda benefits, cost: 100 * (benefits - cost) / cost, PERCENT, "over the whole time, not discounted, as a share of the cost", "({benefits} − {cost}) ÷ {cost}"),
    "payback": Measure("Payback period", lambda cost, yearly: cost / yearly, YEARS, "simple: not discounted, the same benefit every year", "{cost} ÷ {yearly}"),
    "present_value": Measure("Present value", lambda amount, rate, year: amount / (1 + rate / 100) ** year, MONEY, "paid at the end of its year", "{amount} ÷ (1 + {rate} %)^{year}"),
    "npv": Measure("Net present value", lambda present, cost: present - cost, MONEY, "the cost is paid now, each benefit at the end of its year", "{present} − {cost}"),
    "total_cost": Measure("Total cost of ownership", lambda build, yearly, years, retire: build + yearly * years + retire, MONEY, "over the stated years, not discounted", "{build} + {years} × {yearly} + {retire}"),
    "budget_left": Measure("Error budget left", lambda budget, bad: budget - bad, TIME, "of this period", "{budget} − {bad}"),
    "budget_spent": Measure("Error budget spent", lambda budget, bad: 100 * bad / budget, PERCENT, "of the whole budget of this period", "{bad} ÷ {budget}"),
}  # fmt: skip

"""The labs there are, by the names that authors write."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from catalogue.labs import (
    benefits,
    critical_path,
    earned_value,
    error_budget,
    service_levels,
    three_point,
    total_cost,
)
from catalogue.labs.figures import Figures
from catalogue.labs.working import Worked


@dataclass(frozen=True)
class LabKind:
    """A lab: what it is given, how it is worked out, and how other figures for it are drawn."""

    title: str
    shape: type[Figures]
    work: Callable[[Any], Worked]
    others: Callable[[Any, Random], Any]


LABS: dict[str, LabKind] = {
    "earned-value": LabKind("Earned value", earned_value.EarnedValue, earned_value.work, earned_value.others),
    "three-point-estimate": LabKind(
        "Three-point estimate", three_point.ThreePoint, three_point.work, three_point.others
    ),
    "critical-path": LabKind("Critical path", critical_path.CriticalPath, critical_path.work, critical_path.others),
    "service-levels": LabKind(
        "Service levels", service_levels.ServiceLevels, service_levels.work, service_levels.others
    ),
    "error-budget": LabKind("Error budget", error_budget.ErrorBudget, error_budget.work, error_budget.others),
    "benefits": LabKind("Benefits in money", benefits.Benefits, benefits.work, benefits.others),
    "total-cost": LabKind("Total cost of ownership", total_cost.TotalCost, total_cost.work, total_cost.others),
}

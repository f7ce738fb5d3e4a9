"""How labs say figures: with their unit, and as exactly as people need them."""

NARROW = "\u00a0"
PLACES = {"€": 0, "%": 3, "": 3, "h": 2, "days": 2, "min": 1, "years": 2}
SLACK = {"€": 1.0, "%": 0.006, "": 0.005, "h": 0.05, "days": 0.05, "min": 0.5, "years": 0.05}
MONEYS_SHARE = 0.005  # money is often worked out from indices that were rounded to two places


def said(value: float, unit: str) -> str:
    """Say a figure with its unit: €40,000, 99.167 %, 2.5 years."""
    words = bare(value, PLACES[unit])
    if unit == "€":
        return f"−€{words[1:]}" if words.startswith("−") else f"€{words}"
    if unit in ("days", "years") and words == "1":
        unit = unit[:-1]
    return f"{words}{NARROW}{unit}" if unit else words


def bare(value: float, places: int = 3) -> str:
    """Say a figure alone, without zeros that tell nothing, with a proper minus."""
    rounded = round(float(value), places)
    words = f"{abs(rounded):,.{places}f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return f"−{words}" if rounded < 0 else words


def slack(value: float, unit: str) -> float:
    """Return how far off an answer may be and still count as the same figure."""
    return max(SLACK[unit], MONEYS_SHARE * abs(value)) if unit == "€" else SLACK[unit]


def same(typed: float, value: float, unit: str) -> bool:
    """Say whether an answer is this figure, rounded as people round."""
    return abs(typed - value) <= slack(value, unit) + 1e-9

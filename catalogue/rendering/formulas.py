"""Formulas between dollar signs, as MathML."""

from functools import lru_cache

LONGEST = 500
NESTED = 40


@lru_cache(maxsize=2048)
def mathml(tex: str) -> str | None:
    """Return a formula as MathML, or None when it is not understood."""
    bare = tex.replace("\\{", "").replace("\\}", "")
    if bare.count("{") != bare.count("}"):
        return None
    if len(tex) > LONGEST or tex.count("{") > NESTED or tex.count("^") + tex.count("_") > NESTED:
        return None
    from latex2mathml.converter import convert  # heavy, and most pages hold no formula

    try:
        return str(convert(tex))
    except Exception:  # the converter has no common error of its own
        return None

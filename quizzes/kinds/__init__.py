"""The kinds of questions: what a response to each looks like, and what it earns. One module a kind; none knows the web."""

from quizzes.kinds import dropdown, hotspot, match, multiple, numeric, order, single
from quizzes.kinds.fitting import still_fitting
from quizzes.kinds.kind import Fields, Kind, Response, Shown, WrongResponse

__all__ = ["KINDS", "Fields", "Kind", "Response", "Shown", "WrongResponse", "kind_of", "still_fitting"]

MODULES = (single, multiple, order, match, dropdown, hotspot, numeric)
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in MODULES}


def kind_of(shown: Shown) -> Kind:
    """Return what is known about the kind of a question."""
    return KINDS[shown.question.kind]

"""Questions as small as a rule needs them."""

from types import SimpleNamespace


def option(name, correct=False):
    return SimpleNamespace(id=name, correct=correct)


def question(kind, right, wrong, fixed=False):
    options = tuple(option(name, True) for name in right) + tuple(option(name) for name in wrong)
    return SimpleNamespace(kind=kind, options=options, fixed=fixed)


def chosen(*names):
    return {"options": list(names)}

"""Real questions, as small as a rule needs them."""

from pydantic import TypeAdapter

from catalogue.questions import Question
from catalogue.rendering.links import NOWHERE
from catalogue.schema.bank import AnyQuestion

WHY = "A reason that says enough to teach somebody something."
COMMON = {
    "id": "one",
    "family": "family",
    "objective": "c.one",
    "side": "both",
    "difficulty": "medium",
    "level": "apply",
    "stem": "What is it?",
}


def asked(kind, **rest):
    """Return a question of a kind; what it holds is written as in a bank."""
    shape = TypeAdapter(AnyQuestion).validate_python(COMMON | {"kind": kind} | rest, strict=False)
    return Question("one", "c", "c/questions/bank.yaml", "digest", shape, None, NOWHERE)


def option(name, correct=False):
    return {"id": name, "text": f"The {name}", "correct": correct, "why": WHY}


def question(kind, right, wrong, fixed=False):
    options = [*(option(name, True) for name in right), *(option(name) for name in wrong)]
    return asked(kind, options=options, fixed=fixed)


def order(names, fixed=False):
    return asked("order", items=[{"id": name, "text": f"Do {name}", "why": WHY} for name in names], fixed=fixed)


def match(pairs, extra=()):
    told = [{"id": left, "left": f"Left {left}", "right": f"Right {right}", "why": WHY} for left, right in pairs]
    return asked("match", pairs=told, extra=[{"id": name, "text": f"Extra {name}", "why": WHY} for name in extra])


def dropdown(**blanks):
    """Return a text with blanks; the first choice of each is right."""
    stem = "It is " + " and ".join(f"[[{name}]]" for name in blanks) + "."
    told = {name: [option(one, one == names[0]) for one in names] for name, names in blanks.items()}
    return asked("dropdown", stem=stem, blanks=told)


def hotspot(right, wrong):
    areas = [
        {"id": name, "name": f"Place {name}", "rect": [10 * n, 0, 9, 9], "correct": name in right, "why": WHY}
        for n, name in enumerate([*right, *wrong])
    ]
    return asked("hotspot", figure="media/a.svg", alt="A picture.", areas=areas)


def numeric(**rest):
    told = {
        "stem": "Earned value is {ev} and actual cost is {ac}. What is the index?",
        "given": {"ev": {"from": 40000, "to": 90000, "step": 5000}, "ac": {"from": 40000, "to": 90000, "step": 5000}},
        "where": "ev != ac",
        "answer": "ev / ac",
        "decimals": 2,
        "tolerance": 0.005,
        "mistakes": [{"answer": "ac / ev", "why": WHY}],
        "why": "{ev} / {ac} = {answer}",
    }
    return asked("numeric", **(told | rest))


def chosen(*names):
    return {"options": list(names)}

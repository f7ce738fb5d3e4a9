"""Material for a long exam, shaped as the large ones are: three sections, two breaks, cases, questions that do not count."""

import shutil

from core.config import ROOT
from tests.conftest import CONTENT

COURSE = """\
title: A long exam
summary: Three sections, two breaks, and questions that are only tried out.
level: practitioner
status: preview
domains:
{domains}
modules:
  - {{id: exam, title: Exam, exams: [long, short]}}
"""
DOMAIN = """\
  - id: {name}
    title: Domain {name}
    weight: {weight}
    objectives:
      - {{id: {name}.one, title: First objective of {name}}}
      - {{id: {name}.two, title: Second objective of {name}}}
"""
QUESTION = """\
  - id: {id}
    kind: single
    family: {family}
    objective: {objective}
    side: both
    difficulty: medium
    level: apply
    stem: Which answer is the right one of {id}?
    options:
      - {{text: The right one of {id}, correct: true, why: {why}}}
      - {{text: The wrong one of {id}, why: {why}}}
      - {{text: Another wrong one of {id}, why: {why}}}
      - {{text: One more wrong one of {id}, why: {why}}}
"""
WHY = "This reason says enough to teach somebody something about it."
WEIGHTS = {"people": 33, "process": 41, "business": 26}
EXAM = """\
title: {title}
questions: {questions}
unscored: {unscored}
minutes: {minutes}
pass: null
bands: [{{name: Needs work, from: 0}}, {{name: On target, from: 60}}, {{name: Above target, from: 80}}]
sections:
{sections}
breaks: {breaks}
"""


def write_long_exam(folder):
    """Copy the real material into a folder, with the rehearsal and the long exam beside it; return the folder."""
    shutil.copytree(ROOT / "content", folder)
    shutil.copytree(CONTENT / "rehearsal", folder / "rehearsal")
    course = folder / "long-exam"
    for name in ("questions", "exams"):
        (course / name).mkdir(parents=True)
    domains = "".join(DOMAIN.format(name=name, weight=weight) for name, weight in WEIGHTS.items())
    (course / "course.yaml").write_text(COURSE.format(domains=domains))
    (course / "questions" / "bank.yaml").write_text(bank(240))
    thirds = "".join(f"  - {{title: Part {n}, questions: 60}}\n" for n in (1, 2, 3)).rstrip()
    long = {"title": "The long exam", "questions": 180, "unscored": 5, "minutes": 240, "sections": thirds}
    (course / "exams" / "long.yaml").write_text(
        EXAM.format(**long, breaks="[{after: 1, minutes: 10}, {after: 2, minutes: 10}]")
    )
    forty = {"title": "The short exam", "questions": 40, "unscored": 0, "minutes": 60}
    (course / "exams" / "short.yaml").write_text(
        EXAM.format(**forty, sections="  - {title: All, questions: 40}", breaks="[]")
    )
    return folder


def bank(count):
    names = list(WEIGHTS)
    asked = [
        QUESTION.format(id=f"q-{n}", family=f"f-{n}", objective=f"{names[n % 3]}.{('one', 'two')[n // 3 % 2]}", why=WHY)
        for n in range(count)
    ]
    return "title: Bank\nquestions:\n" + "".join(asked)

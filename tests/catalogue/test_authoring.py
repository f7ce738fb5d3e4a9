"""Every example of docs/authoring.md works as it stands there."""

import json
import re

import pytest

from core.config import ROOT
from tests.catalogue.conftest import faults_of

TEXT = (ROOT / "docs" / "authoring.md").read_text()
EXAMPLES = re.findall(r"^```(?:yaml|markdown) (\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
FILM, CAPTIONS = b"\0\0\0\x20ftypisom", b"WEBVTT\n"
HEAD = "id: {id}, family: {family}, objective: contrast.time, side: both, difficulty: easy, level: apply"


def the(kind):
    return next(text for name, text in EXAMPLES if name == kind)


def question(number, text):
    head = HEAD.format(id=f"example-{number}", family="project-or-operation")
    return "  - " + head.replace(", ", "\n    ") + "\n" + re.sub("(?m)^", "    ", text).rstrip()


def sources():
    """Return a course that holds every example of the page."""
    course = the("course").replace("exams: []", "exams: [mock]")
    blocks = "\n\n".join(text for name, text in EXAMPLES if name == "block")
    example = f"---\ntitle: Example\nsummary: s\nobjectives: [contrast.time]\nminutes: 2\n---\n## Words\n\n{blocks}"
    lesson = the("lesson").replace("course-id/lesson.md", "project-and-service/example.md")
    questions = "\n".join(question(n, text) for n, (_, text) in enumerate(e for e in EXAMPLES if e[0] == "question"))
    sorters = "".join(f"  - {sorter(n)}\n" for n in (1, 2, 3))
    return {
        "project-and-service/course.yaml": course,
        "project-and-service/lessons/example.md": example,
        "project-and-service/lessons/temporary-and-ongoing.md": lesson,
        "project-and-service/questions/key-terms.yaml": the("bank"),
        "project-and-service/questions/kinds.yaml": f"title: Kinds\nquestions:\n{questions}\n",
        "project-and-service/questions/sorters.yaml": f"title: Sorters\nquestions:\n{sorters}",
        "project-and-service/exams/mock.yaml": the("exam"),
        "glossary.yaml": the("glossary"),
        "careers.yaml": the("careers"),
    }


def sorter(number):
    return json.dumps(
        {
            "id": f"sort-{number}", "kind": "single", "family": "sorting", "objective": "contrast.time", "side": "both", "sorter": True,
            "difficulty": "easy", "level": "apply", "stem": f"Which is it ({number})?",
            "options": [{"text": "Project", "correct": True, "why": "It can be finished."}, {"text": "Service", "why": "It cannot be finished."}],
        }
    )  # fmt: skip


FILES = {
    "project-and-service/media/two-lives.svg": PICTURE,
    "project-and-service/media/launch.mp4": FILM,
    "project-and-service/media/launch.vtt": CAPTIONS,
}


def test_the_examples_hold_together():
    assert faults_of(sources(), FILES) == []


@pytest.mark.parametrize("kind", ["course", "lesson", "block", "bank", "question", "exam", "glossary", "careers"])
def test_there_is_an_example_of_everything(kind):
    assert kind in dict(EXAMPLES)


def test_all_kinds_of_questions_and_all_blocks_are_shown():
    kinds = set(re.findall(r"^(?:    )?kind: (\w+)", "\n".join(text for _, text in EXAMPLES), re.MULTILINE))
    blocks = set(re.findall(r"^/{3,} (\w+)", "\n".join(text for _, text in EXAMPLES), re.MULTILINE))
    assert kinds == {"single", "multiple", "order", "match", "dropdown", "hotspot", "numeric"}
    assert blocks == {"contrast", "compare", "check", "figure", "steps", "video", "lab", "tip", "mentor"}

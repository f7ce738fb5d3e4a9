"""A course that a hostile author wrote: payloads in every text that the compiler lets through, many on each page."""

import json
from functools import cache

from catalogue.building import build
from catalogue.faults import Faults
from catalogue.rendering.checking import lesson_problems, references
from catalogue.rendering.outline import outline
from tests.catalogue.conftest import COURSE, PICTURE, QUESTION, media
from tests.strangers.payloads import everything, payloads

PER_PAGE = 120
HEAD = "---\ntitle: {title}\nsummary: {title}\nobjectives: [contrast.time]\nminutes: 1\n---\n"
FILES = {"c/media/lives.svg": PICTURE}


def quoted(text):
    """Write any text as one YAML string."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=True)


def line(text):
    """Return a payload as one line of a title."""
    return " ".join(text.split()) or "x"


@cache
def in_lessons():
    """Return what the compiler lets an author write into a lesson, and what it refuses."""
    taken, refused = [], []
    for text in everything():
        scanned = outline(text)
        sound = (
            not list(lesson_problems(scanned))
            and not list(references(scanned))
            and "---" not in text
            and "\x00" not in text
        )
        (taken if sound else refused).append(text)
    return taken, refused


def lessons():
    taken, _ = in_lessons()
    for number, at in enumerate(range(0, len(taken), PER_PAGE)):
        body = "\n\n".join(taken[at : at + PER_PAGE])
        yield f"lesson-{number}", HEAD.format(title=quoted(line(payloads()[number]))) + "Words.\n\n" + body + "\n"


def one_by_one():
    """Lessons that hold little each: what opens something there closes nothing of the others."""
    for number, text in enumerate(in_lessons()[0][:: len(in_lessons()[0]) // 12]):
        yield f"alone-{number}", HEAD.format(title=quoted(line(text))) + text + "\n"


def question(number, text):
    made = QUESTION.format(id=f"q{number}").replace("lesson: time-and-ends#the-same-change", "lesson: base")
    made = made.replace(f"stem: Which part of the work q{number} is a project?", f"stem: {quoted(text)}")
    made = made.replace("text: The rollout", f"text: {quoted(text + ' a')}").replace(
        "text: The tuning", f"text: {quoted(text + ' b')}"
    )
    made = made.replace("why: It had an agreed end and produced something unique that day.", f"why: {quoted(text)}")
    return made.replace("why: It goes on for as long as the service itself does.", f"why: {quoted(text)}")


def term(number, text):
    return f"  - {{id: t{number}, term: {quoted(line(text)[:80] + f' {number}')}, also: [{quoted(line(text)[:60] + f' also {number}')}], side: both, meaning: {quoted(line(text))}}}\n"


def role(number, text):
    return f"  - {{id: r{number}, title: {quoted(line(text)[:80])}, side: project, summary: {quoted(line(text))}, does: [{quoted(line(text))}], lessons: [c/base]}}\n"


def sources(questions, terms, roles, alone, pages):
    """Write the course; its titles are payloads as well."""
    names = ["base", *(name for name, _ in alone), *(name for name, _ in pages)]
    titled = COURSE.replace("title: Two lives of one launch", f"title: {quoted('<img src=x onerror=__pwned=1>')}")
    titled = titled.replace("title: Telling the two apart", f"title: {quoted('</h2><script>__pwned=1</script>')}")
    titled = titled.replace("title: Tell a project from a service", f"title: {quoted('<svg/onload=__pwned=1>')}")
    titled = titled.replace(
        "title: Start, lessons: [time-and-ends]",
        f"title: {quoted('<details open ontoggle=__pwned=1>')}, lessons: [{', '.join(names)}]",
    )
    titled = titled.replace(
        "title: Calls every task a project, lesson: time-and-ends", f"title: {quoted('{{7*191}}')}, lesson: base"
    )
    checks = "".join(f"/// check\nq{number}\n///\n\n" for number, _ in questions)
    base = (
        HEAD.format(title=quoted("<b onclick=__pwned=1>Base</b>"))
        + f"Words.\n\n{checks}/// figure | media/lives.svg\n\"><img src=x onerror=__pwned=1> ' onload=__pwned=1 x='\ncaption: <script>__pwned=1</script>\n///\n"
    )
    made = {
        "c/course.yaml": titled,
        "c/lessons/base.md": base,
        "c/questions/key-terms.yaml": f"title: {quoted('<b>bank</b>')}\nquestions:\n"
        + "".join(question(*one) for one in questions),
        "glossary.yaml": "terms:\n" + "".join(term(*one) for one in terms),
        "careers.yaml": "roles:\n" + "".join(role(*one) for one in roles),
    }
    return made | {f"c/lessons/{name}.md": text for name, text in [*alone, *pages]}


@cache
def hostile_sources():
    """Return the course after its compiler has thrown out what it refuses, and how much of it is left."""
    numbered = list(enumerate(payloads()))
    parts = [numbered[::40], numbered[::3], numbered[1::12], list(one_by_one()), list(lessons())]
    for _ in range(6):
        made = sources(*parts)
        try:
            build(made, media(FILES))
            return made, [len(part) for part in parts]
        except Faults as faults:
            last, parts = faults.faults, without(parts, made, faults.faults)
    raise AssertionError(f"It never holds: {[str(fault) for fault in last][:5]}")


def without(parts, made, found):
    """Leave out what the faults are about."""
    bad = {(fault.path, fault.line) for fault in found if fault.path in made}
    questions, terms, roles, alone, pages = parts
    starts = [
        made["c/questions/key-terms.yaml"].split("\n").index(f"  - id: q{number}") + 1 for number, _ in questions
    ] + [10**9]
    hit = {line for path, line in bad if path == "c/questions/key-terms.yaml"}
    paths = {path for path, _ in bad}
    return [
        [one for at, one in enumerate(questions) if not any(starts[at] <= line < starts[at + 1] for line in hit)],
        [one for at, one in enumerate(terms) if ("glossary.yaml", at + 2) not in bad],
        [one for at, one in enumerate(roles) if ("careers.yaml", at + 2) not in bad],
        [one for one in alone if f"c/lessons/{one[0]}.md" not in paths],
        [one for one in pages if f"c/lessons/{one[0]}.md" not in paths],
    ]

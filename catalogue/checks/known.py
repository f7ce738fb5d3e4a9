"""Everything that documents may refer to, gathered before any reference is followed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalogue.media import Media
from catalogue.parsing import Parsed
from catalogue.schema.bank import AnyQuestion


@dataclass(frozen=True)
class Asked:
    """A question and where it is written."""

    parsed: Parsed
    index: int
    shape: AnyQuestion


@dataclass
class Known:
    """What there is. A document with faults is there, but what it holds is not known: then nothing is said about it."""

    courses: dict[str, Parsed] = field(default_factory=dict)
    anchors: dict[str, frozenset[str] | None] = field(default_factory=dict)  # by course/lesson
    questions: dict[str, Asked] = field(default_factory=dict)  # by course/question
    exams: dict[str, Parsed] = field(default_factory=dict)  # by course/exam
    scenarios: dict[str, Parsed] = field(default_factory=dict)  # by course/scenario
    terms: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    media: Mapping[str, Media] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)  # courses with a faulty bank, "glossary", "careers"


def known(parsed: Iterable[Parsed], media: Mapping[str, Media]) -> Known:
    """Gather what there is."""
    found = Known(media=media)
    for document in parsed:
        where = document.where
        if document.shape is None and where.kind in ("bank", "glossary", "careers"):
            found.uncertain.add(where.course or where.kind)
        elif where.kind == "course":
            found.courses[where.course] = document
        elif where.kind == "lesson":
            scanned = document.outline
            found.anchors[f"{where.course}/{where.id}"] = frozenset(h.id for h in scanned.headings) if scanned else None
        elif where.kind in ("exam", "scenario"):
            held = found.exams if where.kind == "exam" else found.scenarios
            held[f"{where.course}/{where.id}"] = document
        else:
            gather_ids(found, document)
    return found


def gather_ids(found: Known, document: Parsed) -> None:
    """Gather the ids inside a bank, the glossary or the careers."""
    shape = document.shape
    if document.where.kind == "bank":
        for index, question in enumerate(shape.questions):
            found.questions.setdefault(f"{document.where.course}/{question.id}", Asked(document, index, question))
    elif document.where.kind == "glossary":
        found.terms |= {term.id for term in shape.terms}
    elif document.where.kind == "careers":
        found.roles |= {role.id for role in shape.roles}

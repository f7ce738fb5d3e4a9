"""Reads YAML with the line of every value, and refuses what makes YAML treacherous."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from catalogue.faults import Fault, Faults

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # reads the same, only too slowly to serve with: catalogue/room.py refuses the start
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

DEEPEST = 60  # the C library would overflow its stack long before anybody meant such a text
WIDEST_INDENT = re.compile(r"^[ \t]{200}", re.MULTILINE)
DASHES_IN_A_ROW = re.compile(r"^(?:(?>[^\n]*?[-?:][ \t])){60}", re.MULTILINE)  # atomic: else 40 colons take for ever
BRACKET = re.compile(r"[\[\]{}]")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
TREACHEROUS = frozenset(["yes", "no", "on", "off"])
TELLING = frozenset("0123456789+-.~<=!&*nNtTfFyYoO")  # only these can begin what is not text
COLLECTIONS = {"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
PLAIN = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


class QuickLoader(Loader):
    """Tells what a plain scalar is with one look at its first letter; most are text."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """Return the tag of a node that bears none."""
        if kind is yaml.ScalarNode and (not implicit[0] or (value and value[0] not in TELLING)):
            return "tag:yaml.org,2002:str"
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]  # PyYAML has no types here


@contextmanager
def collector_resting() -> Iterator[None]:
    """Let the garbage collector rest: many small nodes are made, and none of them is garbage."""
    busy = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if busy:
            gc.enable()


@dataclass(frozen=True)
class Reading:
    """A YAML text as plain values, and where each of them stands."""

    path: str
    value: Any
    node: yaml.Node | None
    offset: int = 0

    def line(self, location: tuple[int | str, ...] = ()) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        return line_of(self.node, location) + self.offset

    def text_line(self, location: tuple[int | str, ...]) -> int:
        """Return the line in which a text itself begins, which is one further after a `|`."""
        node = self.node
        for step in location:
            found = step_into(node, step)
            node = found[1] if found else node
        if isinstance(node, yaml.ScalarNode):
            return int(node.start_mark.line) + 1 + (node.style == "|") + self.offset
        return self.line(location)


def read_yaml(path: str, text: str, offset: int = 0) -> Reading:
    """Read a text; raise Faults when it is not YAML or uses what we refuse. `offset` lines stand above it in its file."""
    refuse_bombs(path, text, offset)
    try:
        with collector_resting():
            node = yaml.compose(text, Loader=QuickLoader)
    except yaml.MarkedYAMLError as error:
        raise Faults([Fault(path, marked_line(error) + offset, yaml_sentence(error))]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Faults([Fault(path, 1 + offset, f"This cannot be read as YAML: {error}".splitlines()[0])]) from None
    builder = Builder(path, offset)
    with collector_resting():
        value = builder.build(node) if node is not None else None
    if builder.faults:
        raise Faults(builder.faults)
    return Reading(path, value, node, offset)


def refuse_bombs(path: str, text: str, offset: int) -> None:
    """Refuse texts that would exhaust the reader, before it sees them."""
    if bad := NOT_TEXT.search(text):
        line = text.count("\n", 0, bad.start()) + 1 + offset
        raise Faults(
            [Fault(path, line, f"There is an invisible control character here (U+{ord(bad[0]):04X}); delete it.")]
        )
    for pattern in (WIDEST_INDENT, DASHES_IN_A_ROW):
        if found := pattern.search(text):
            raise Faults([too_deep(path, text, found.start(), offset)])
    depth = 0
    for bracket in BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            raise Faults([too_deep(path, text, bracket.start(), offset)])


def too_deep(path: str, text: str, position: int, offset: int) -> Fault:
    """Word the refusal of a text that is nested beyond reason."""
    return Fault(
        path, text.count("\n", 0, position) + 1 + offset, "This is nested too deeply to be read; write it more simply."
    )


def marked_line(error: yaml.MarkedYAMLError) -> int:
    """Return the line a YAML error points to."""
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def yaml_sentence(error: yaml.MarkedYAMLError) -> str:
    """Say in plain words what the YAML reader stumbled over."""
    problem = error.problem or error.context or "it is not YAML"
    if "mapping values are not allowed" in problem:
        return "A colon inside a text confuses YAML here; put the whole text in quotes, or write it below after `|`."
    if "tab" in problem or "cannot start any token" in problem:
        return "A value cannot begin with this character (a tab, @, ` or %); use spaces to indent, and quotes around the text."
    if "undefined alias" in problem:
        return "A text cannot begin with *; put it in quotes."
    if "while parsing a flow" in (error.context or ""):
        return f"A bracket or brace is not closed, or a comma is missing ({problem})."
    return (
        f"YAML cannot be read here: {problem}; look at the indentation and the quotes of this line and the one above."
    )


class Builder:
    """Turns composed nodes into plain values, noting everything we refuse on the way."""

    def __init__(self, path: str, offset: int) -> None:
        self.path = path
        self.offset = offset
        self.faults: list[Fault] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        """Return a node's plain value; a node met twice is an alias."""
        if id(node) in self.seen:
            self.fault(node, "Aliases (&name and *name) are not read here; write the text out where it is needed.")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == "tag:yaml.org,2002:str" and node.style else self.scalar(node)
        if node.tag not in COLLECTIONS:
            self.fault(node, f"The tag {node.tag[:80]} is not read here; remove it.")
        if isinstance(node, yaml.SequenceNode):
            return tuple([self.build(item) for item in node.value])
        return self.mapping(node)

    def mapping(self, node: yaml.Node) -> dict[str, Any]:
        """Return a mapping; its keys are words, and none stands twice."""
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node)
            if key in values:
                self.fault(key_node, f"`{key}` is written twice here; keep one of the two.")
            values[key] = self.build(value_node)
        return values

    def key(self, node: yaml.Node) -> str:
        """Return a key; anything but a plain word would mean something else to other readers of YAML."""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, "A key must be a single word.")
            return ""
        if id(node) in self.seen:
            self.fault(node, "Aliases (&name and *name) are not read here; write the text out where it is needed.")
        self.seen.add(id(node))
        if not node.style and (node.tag != "tag:yaml.org,2002:str" or node.value.lower() in TREACHEROUS):
            self.fault(node, f"`{node.value}` as a key means something else to YAML; put it in quotes.")
        return str(node.value)

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """Return a plain scalar; words that YAML takes for true or false have to be put in quotes."""
        tag, text = node.tag, node.value
        if tag == "tag:yaml.org,2002:str":
            if text.lower() in TREACHEROUS:
                self.fault(node, f"Without quotes YAML may take {text} for true or false; write '{text}'.")
            return text
        if tag == "tag:yaml.org,2002:null":
            return None
        if tag == "tag:yaml.org,2002:bool":
            return self.boolean(node)
        if tag in NUMBERS:
            return number(text)
        if tag == "tag:yaml.org,2002:timestamp":
            return day(text)
        self.fault(node, f"The tag or word `{tag.rpartition(':')[2]}` is not read here; write the text in quotes.")
        return None

    def boolean(self, node: yaml.ScalarNode) -> bool:
        """Return true or false; YAML's other spellings are refused."""
        if node.value.lower() not in ("true", "false"):
            self.fault(
                node, f"Without quotes YAML takes {node.value} for true or false; write '{node.value}' for the word."
            )
        return bool(node.value.lower() == "true")

    def fault(self, node: yaml.Node, sentence: str) -> None:
        """Note what is wrong with a node."""
        self.faults.append(Fault(self.path, node.start_mark.line + 1 + self.offset, sentence))


def number(text: str) -> int | float | str:
    """Return a plain decimal number; YAML's octal, clock and underscore numbers stay text."""
    if not PLAIN.fullmatch(text) or len(text) > 40:
        return text
    return float(text) if any(sign in text for sign in ".eE") else int(text)


def day(text: str) -> date | str:
    """Return a date, or the text where there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Walk to a value and return its line; steps that lead nowhere (names of variants) are passed over."""
    line = node.start_mark.line + 1 if node is not None else 1
    for step in location:
        found = step_into(node, step)
        if found is not None:
            line, node = found
    return line


def step_into(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    """Return the line and node one step further, if there is such a step."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None

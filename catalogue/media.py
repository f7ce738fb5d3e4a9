"""What a picture, film or caption file really is, whatever its name says."""

import hashlib
import re
import struct
from dataclasses import dataclass
from xml.parsers import expat

TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
}
LARGEST = {".mp4": 100_000_000, ".webm": 100_000_000}
LARGEST_PICTURE = 2_000_000
WIDEST = 10_000  # a few bytes can claim more, and a browser would give it the memory
DEEPEST = 100
FORBIDDEN = frozenset(
    [
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "handler",
        "audio",
        "video",
        "animate",
        "set",
        "animatetransform",
        "animatemotion",
    ]
)
INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|webp);base64,)")
CSS_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!\s*['\"]?#)|expression\(|-moz-binding|\\", re.IGNORECASE)


@dataclass(frozen=True)
class Media:
    """A file of a media folder: its digest, what it is, how large it shows, and what is wrong with it."""

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    problems: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Return its address, which changes with its bytes."""
        return f"/media/{self.sha256}/{self.name}"


def inspect(name: str, content: bytes) -> Media:
    """Look into a file."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    problems = [*name_problems(name, ending), *size_problems(ending, content)]
    if not problems:
        problems += svg_problems(content) if ending == ".svg" else type_problems(ending, content)
    width, height = dimensions(ending, content) if not problems else (None, None)
    if not problems:
        problems += measure_problems(ending, width, height)
    digest = hashlib.sha256(content).hexdigest()
    return Media(
        digest, name, TYPES.get(ending, "application/octet-stream"), len(content), width, height, tuple(problems)
    )


def name_problems(name: str, ending: str) -> list[str]:
    """Say what is wrong with a file's name."""
    if ending not in TYPES:
        return [f"Files of this kind are not taken; media are {', '.join(TYPES)}."]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        return ["The name of a media file is made of letters, digits, dots, hyphens and underscores."]
    return []


def size_problems(ending: str, content: bytes) -> list[str]:
    """Say when a file is empty or too large."""
    limit = LARGEST.get(ending, LARGEST_PICTURE)
    if not content:
        return ["The file is empty."]
    return [f"The file has {len(content):,} bytes; {limit:,} is the limit."] if len(content) > limit else []


def measure_problems(ending: str, width: int | None, height: int | None) -> list[str]:
    """Say when a picture shows nothing, or more than anybody could look at; its head tells, and it is never unpacked."""
    if ending not in (".png", ".webp", ".svg"):
        return []
    if width is None or height is None:
        return [] if ending == ".svg" else ["The picture does not tell its width and height; save it anew."]
    if 0 < width <= WIDEST and 0 < height <= WIDEST:
        return []
    return [f"The picture measures {width:,} × {height:,}; each side has at least 1 and at most {WIDEST:,}."]


def type_problems(ending: str, content: bytes) -> list[str]:
    """Say when a file's bytes are not what its name says."""
    is_it = {
        ".png": content.startswith(b"\x89PNG\r\n\x1a\n"),
        ".webp": content[:4] == b"RIFF" and content[8:12] == b"WEBP",
        ".mp4": content[4:8] == b"ftyp",
        ".webm": content.startswith(b"\x1a\x45\xdf\xa3"),
        ".vtt": content.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
    }
    return [] if is_it[ending] else [f"The file is called {ending} and is something else; save it anew in that format."]


def dimensions(ending: str, content: bytes) -> tuple[int | None, int | None]:
    """Return a picture's width and height, so that a page can keep its place free."""
    if ending == ".png" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if ending == ".svg":
        return svg_size(content)
    return webp_size(content) if ending == ".webp" else (None, None)


def webp_size(content: bytes) -> tuple[int | None, int | None]:
    """Return the size that a WebP's head tells."""
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:
        return None, None
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def svg_size(content: bytes) -> tuple[int | None, int | None]:
    """Return the size of a drawing by its viewBox, or by its width and height."""
    head = content[:4000].decode("utf-8", "replace")
    if box := re.search(
        r"""viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,12}(?:\.\d*)?)[\s,]+(\d{1,12}(?:\.\d*)?)""", head
    ):
        return round(float(box[1])), round(float(box[2]))
    return None, None


class SvgReader:
    """Reads a drawing and notes everything in it that acts, or that reaches outside."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.names: list[str] = []

    def read(self, content: bytes) -> list[str]:
        """Return what is wrong with a drawing."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = lambda name: self.names.pop() and None
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = lambda *_: self.note("It declares entities; write the characters themselves.")
        parser.StartDoctypeDeclHandler = lambda *_: self.note("It has a DOCTYPE; remove that line.")
        parser.ProcessingInstructionHandler = lambda *_: self.note(
            "It holds a processing instruction (<?…?>); remove it."
        )
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            self.note(f"It is not well-formed XML ({error}).")
        return self.problems

    def note(self, sentence: str) -> None:
        """Note a problem once; a drawing full of them needs no list without end."""
        if sentence not in self.problems and len(self.problems) < 10:
            self.problems.append(sentence)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element."""
        local = name.rpartition(":")[2].lower()
        if not self.names and local != "svg":
            self.note("Its first element is not <svg>.")
        if local in FORBIDDEN:
            self.note(f"It holds <{local}>; a drawing of ours stands still and runs nothing.")
        self.names.append(local)
        if len(self.names) == DEEPEST:
            self.note("Its elements stand too deep inside one another; draw it more simply.")
        for key, value in attributes.items():
            self.attribute(key.rpartition(":")[2].lower(), value)

    def attribute(self, key: str, value: str) -> None:
        """Look at an attribute."""
        if key.startswith("on"):
            self.note(f"It holds the event attribute {key}; remove it.")
        if key in ("href", "src") and not INSIDE.match(value):
            self.note("It refers to something outside itself; put everything it needs into the file.")
        if key not in ("href", "src", "d") and CSS_OUTSIDE.search(value):
            self.note(f"The attribute {key} refers to something outside the drawing; remove that.")

    def text(self, text: str) -> None:
        """Look at text; inside <style> it can reach outside."""
        if "style" in self.names and CSS_OUTSIDE.search(text):
            self.note("Its styles refer to something outside the drawing; remove @import and url(…).")


def svg_problems(content: bytes) -> list[str]:
    """Return why a drawing is not safe to show."""
    return SvgReader().read(content)

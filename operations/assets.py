"""Make what browsers fetch: the fonts, cut to what our pages need, and one style sheet joined in layer order."""

import re
from collections.abc import Iterable
from pathlib import Path

from operations.fonts import FACES, build_face, face_digest, face_rules

LAYERS = ("reset", "tokens", "base", "components", "utilities")
STYLE_SHEET = "handover.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")


def build_assets(static_dir: Path) -> Path:
    """Bring static/built up to date and return it; nothing is done when nothing has changed."""
    target = static_dir / "built"
    build_fonts(target)
    join_css(target)
    return target


def build_fonts(target: Path) -> None:
    """Cut the fonts from their packages into target/fonts, and write the rules that name them."""
    folder = target / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    digest = face_digest()
    if stamped(folder / "stamp", digest) and all((folder / face.file).exists() for face in FACES):
        return
    rules = [face_rules(face, build_face(face, folder)) for face in FACES]
    write(folder / "faces.css", "\n".join(rules))
    write(folder / "stamp", digest)


def join_css(target: Path) -> None:
    """Join the style sheets beside `target` in layer order into one file, fonts first."""
    faces = target / "fonts" / "faces.css"
    rules = faces.read_text(encoding="utf-8") if faces.exists() else ""
    sheet = squeeze("\n".join([rules, f"@layer {', '.join(LAYERS)};", *layers(target.parent / "css")]))
    packed = target / f"{STYLE_SHEET}.br"
    if not stamped(target / STYLE_SHEET, sheet) or not packed.exists():
        write(target / STYLE_SHEET, sheet)
        packed.write_bytes(compressed(sheet))


def compressed(sheet: str) -> bytes:
    """Return the sheet as browsers fetch it; it is packed once, here, and not at each request."""
    import brotli  # here, so that a start that builds nothing need not load it

    return bytes(brotli.compress(sheet.encode("utf-8")))


def layers(css: Path) -> Iterable[str]:
    """Yield each layer with its files in alphabetical order: a layer is a folder, a file is a component."""
    for layer in LAYERS:
        files = sorted((css / layer).glob("*.css"))
        yield f"@layer {layer} {{\n" + "\n".join(file.read_text(encoding="utf-8") for file in files) + "\n}"


def squeeze(sheet: str) -> str:
    """Leave out comments and indentation; the rest is compressed on the wire."""
    return INDENT.sub("\n", COMMENT.sub("", sheet)).strip() + "\n"


def stamped(path: Path, text: str) -> bool:
    """Say whether a file is there and already holds this text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def write(path: Path, text: str) -> None:
    """Write a file whole: readers see the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


if __name__ == "__main__":
    build_assets(Path(__file__).resolve().parent.parent / "static")

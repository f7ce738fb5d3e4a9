"""Cut a variable font to our letters and weights, and match the system's fonts to it so that nothing jumps."""

import hashlib
import importlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LATIN = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x1E9E, 0x2C6, 0x2DA, 0x2DC, 0x2009,
    *range(0x2010, 0x2016), *range(0x2018, 0x201F), *range(0x2020, 0x2023), 0x2026, 0x202F, 0x2030, 0x2032, 0x2033,
    0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
)  # fmt: skip
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "cv11", "ss03"]
KEPT_NAMES = [0, 1, 2, 13, 14]  # copyright, family, style and licence travel with the font
WEIGHTS = (400, 700)
RECIPE = 1  # count up when build_face changes, so that fonts are made anew

# How often each letter stands among 1,000 of English text, and how wide it is in a thousandth of an em.
FREQUENCY = dict(zip(
    "abcdefghijklmnopqrstuvwxyz ",
    (65, 12, 22, 34, 102, 18, 16, 49, 56, 1, 6, 32, 20, 56, 61, 15, 1, 48, 51, 73, 22, 8, 19, 1, 16, 1, 195),
    strict=True,
))  # fmt: skip
ARIAL = (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556,
         556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 278)  # fmt: skip
TIMES = (444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500,
         500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 250)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """One font file: where it comes from and which of the system's fonts stands in until it has come."""

    family: str
    file: str
    package: str
    source: str
    optical: float
    stand_ins: tuple[str, ...]
    widths: tuple[int, ...]
    style: str = "normal"


@dataclass(frozen=True)
class Metrics:
    """What a stand-in must copy: the mean width of a letter and the heights, in em."""

    width: float
    ascent: float
    descent: float


SANS_STAND_INS = ("Arial", "Liberation Sans", "Arimo")
SERIF_STAND_INS = ("Times New Roman", "Liberation Serif", "Tinos")
INTER = Face("Inter", "inter.woff2", "fontpkg_inter", "Inter[opsz,wght].ttf", 14, SANS_STAND_INS, ARIAL)
SERIF_SOURCE = "SourceSerif4[opsz,wght].ttf"
SERIF = Face("Source Serif", "source-serif.woff2", "fontpkg_source_serif_4", SERIF_SOURCE, 20, SERIF_STAND_INS, TIMES)
ITALIC = replace(SERIF, file="source-serif-italic.woff2", source="SourceSerif4-Italic[opsz,wght].ttf", style="italic")
FACES = (INTER, SERIF, ITALIC)


def face_source(face: Face) -> Path:
    """Return the font as its package ships it."""
    package = importlib.import_module(face.package)
    return Path(str(package.ROOT)) / "files" / face.source


def face_digest() -> str:
    """Return a digest of all that the built fonts depend on."""
    parts = [repr((RECIPE, LATIN, FEATURES, KEPT_NAMES, WEIGHTS, FACES)).encode()]
    parts += [hashlib.sha256(face_source(face).read_bytes()).digest() for face in FACES]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def build_face(face: Face, folder: Path) -> Metrics:
    """Write one font as WOFF2, cut to our letters first and its optical axis pinned after, and measure it."""
    from fontTools.subset import Options, Subsetter  # heavy, and needed at set-up only
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(face_source(face), recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=KEPT_NAMES)
    cutter = Subsetter(options)
    cutter.populate(unicodes=LATIN)
    cutter.subset(font)
    instantiateVariableFont(font, {"opsz": face.optical, "wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    fresh = folder / (face.file + ".new")
    font.save(fresh)
    fresh.replace(folder / face.file)
    return measured(font)


def measured(font: Any) -> Metrics:
    """Measure a font as a stand-in has to match it."""
    em = font["head"].unitsPerEm
    letters, advances = font.getBestCmap(), font["hmtx"]
    width = mean_width([advances[letters[ord(letter)]][0] / em for letter in FREQUENCY])
    heights = font["hhea"]
    return Metrics(width, heights.ascent / em, -heights.descent / em)


def mean_width(widths: list[float]) -> float:
    """Return the width of a letter of English text on average, in em."""
    return sum(w * often for w, often in zip(widths, FREQUENCY.values(), strict=True)) / sum(FREQUENCY.values())


def face_rules(face: Face, metrics: Metrics) -> str:
    """Return the font's rule and the rule of its stand-in, scaled to take the same room."""
    scale = metrics.width / mean_width([width / 1000 for width in face.widths])
    style = f"font-style: {face.style}; " if face.style != "normal" else ""
    names = ", ".join(f'local("{name}{" Italic" if style else ""}")' for name in face.stand_ins)
    return (
        f'@font-face {{ font-family: "{face.family}"; {style}font-weight: {WEIGHTS[0]} {WEIGHTS[1]}; '
        f'font-display: swap; src: url("fonts/{face.file}") format("woff2") }}\n'
        f'@font-face {{ font-family: "{face.family} fallback"; {style}src: {names}; size-adjust: {scale:.2%}; '
        f"ascent-override: {metrics.ascent / scale:.2%}; descent-override: {metrics.descent / scale:.2%}; "
        "line-gap-override: 0% }"
    )

import math
import re

import pytest
from fontTools.ttLib import TTFont

from core.config import ROOT
from operations.assets import LAYERS, STYLE_SHEET, build_assets, join_css
from operations.fonts import FACES, face_digest

CSS = ROOT / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)")
ON_GROUNDS = [("ink", g) for g in ("paper", "card", "sunk")] + [("soft", g) for g in ("paper", "card", "sunk")]
ON_WASHES = [(f"{name}-ink", f"{name}-wash") for name in ("project", "service", "right", "wrong")]
OTHERS = [("accent", "card"), ("accent", "accent-wash"), ("on-ink", "ink"), ("wrong-ink", "card")]
TEXTS = [*ON_GROUNDS, *ON_WASHES, *OTHERS]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    static = tmp_path_factory.mktemp("static")
    (static / "css").symlink_to(CSS)
    return build_assets(static)


def test_fonts_together_stay_within_their_weight(built):
    assert sum((built / "fonts" / face.file).stat().st_size for face in FACES) <= 130_000


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_font_holds_the_letters_of_europe_and_only_the_axis_of_weight(built, face):
    font = TTFont(built / "fonts" / face.file)
    assert [axis.axisTag for axis in font["fvar"].axes] == ["wght"]
    assert set(map(ord, "Żółć façade Ångström “–” 99.5 % €")) - {0x20} <= set(font.getBestCmap())


def test_every_font_has_a_stand_in_of_the_same_measure(built):
    faces = (built / "fonts" / "faces.css").read_text()
    assert faces.count("size-adjust") == faces.count("ascent-override") == len(FACES)


def test_nothing_is_built_twice_when_nothing_has_changed(built):
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.is_file()}
    build_assets(built.parent)
    assert before == {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.is_file()}
    assert (built / "fonts" / "stamp").read_text() == face_digest()


def test_layers_are_joined_in_their_order(built):
    sheet = (built / STYLE_SHEET).read_text()
    places = [sheet.index(f"@layer {layer} {{") for layer in LAYERS]
    assert places == sorted(places)
    assert f"@layer {', '.join(LAYERS)};" in sheet
    assert "/*" not in sheet


def test_a_changed_component_changes_the_sheet(tmp_path):
    component = tmp_path / "css" / "components" / "card.css"
    component.parent.mkdir(parents=True)
    component.write_text(".card { color: red }")
    join_css(tmp_path / "built")
    component.write_text(".card { color: green }")
    join_css(tmp_path / "built")
    assert "green" in (tmp_path / "built" / STYLE_SHEET).read_text()


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_a_component_is_short_and_its_braces_close(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 80
    assert text.count("{") == text.count("}")


def luminance(colour):
    lightness, chroma, hue = (float(part.rstrip("%")) for part in colour[6:-1].split())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    lightness /= 100
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return 0.2126 * max(red, 0) + 0.7152 * max(green, 0) + 0.0722 * max(blue, 0)


@pytest.mark.parametrize("light", [1, 2], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(text, ground, light):
    tokens = {found[0]: luminance(found[light]) for found in TOKEN.findall((CSS / "tokens" / "tokens.css").read_text())}
    dark, bright = sorted((tokens[text], tokens[ground]))
    assert (bright + 0.05) / (dark + 0.05) >= 4.5

"""Renders short texts: stems, options, reasons, meanings. They take figures and tables, and no other block."""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

from catalogue.rendering.blocks import figure_text
from catalogue.rendering.converter import TooTangled, convert
from catalogue.rendering.links import NOWHERE, Links
from catalogue.rendering.outline import Block, Piece, clean, outline
from catalogue.rendering.prepared import ANY_MARK, BLOCK_MARK, Prepared, prepare
from catalogue.rendering.sanitising import sanitised

ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
PLAIN = re.compile(r"[A-Za-z0-9 ,.;:?!'’“”()%–…/-]*")


def render_text(text: str, links: Links = NOWHERE) -> Markup:
    """Render a text of a few paragraphs."""
    return render_pieces(outline(text).pieces, links)


def render_pieces(pieces: tuple[Piece, ...], links: Links) -> Markup:
    """Render a text that was scanned already."""
    prepared = prepare(pieces)
    try:
        html = prepared.restored(convert(prepared.text, links))
    except TooTangled:
        return plain_paragraphs(prepared.text)
    return sanitised(ANY_MARK.sub("", BLOCK_MARK.sub(lambda found: inline_figure(found, prepared, links), html)))


def render_inline(text: str, links: Links = NOWHERE) -> Markup:
    """Render a text of one paragraph without the paragraph around it; longer texts keep theirs."""
    if plain_words(text):
        return Markup(escape(text.strip()))  # noqa: S704 - escaped in this line  # nosec B704
    html = render_text(text, links)
    single = ONE_PARAGRAPH.fullmatch(html)
    return Markup(single[1]) if single else html  # noqa: S704 - a part of sanitised HTML  # nosec B704


@lru_cache(maxsize=4096)
def plain_words(text: str) -> bool:
    """Say whether a text holds nothing that Markdown could change."""
    return PLAIN.fullmatch(text.strip()) is not None and not re.match(r"\s*(\d+\.|[-:/])", text)


def inline_figure(found: re.Match[str], prepared: Prepared, links: Links) -> str:
    """Return a figure where its mark stands; other blocks have no place in a short text."""
    block = prepared.blocks[int(found[2])] if found[1] in "ob" else None
    return str(figure_html(block, links)) if block and block.name == "figure" else ""


def figure_html(block: Block, links: Links) -> Markup:
    """Return a picture with its alternative text and caption as HTML."""
    text = figure_text(block)
    url = links.media(text.media)
    if url is None:
        return Markup("")
    size = links.sizes.get(text.media)
    sizes = f' width="{size[0]}" height="{size[1]}"' if size else ""
    caption = f"<figcaption>{render_inline(text.caption, links)}</figcaption>" if text.caption else ""
    image = f'<img src="{escape(url)}" alt="{escape(text.alt)}" loading="lazy"{sizes}>'
    return sanitised(f'<figure class="figure">{image}{caption}</figure>')


def plain_paragraphs(text: str) -> Markup:
    """Show a text as it was written, paragraph by paragraph."""
    paragraphs = re.split(r"\n\s*\n", clean(text).strip())
    return Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)

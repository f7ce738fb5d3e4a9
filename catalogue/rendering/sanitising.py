"""The last wall: whatever the renderer made, only what is listed here leaves it."""

import nh3
from markupsafe import Markup

MATHML = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "mmultiscripts",
        "mprescripts",
        "none",
    ]
)
TEXT = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "a",
        "br",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
        "div",
        "figure",
        "figcaption",
        "img",
        "span",
        "del",
    ]
)
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "role"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"align", "scope"},
    "td": {"align"},
    "ol": {"start"},
    "div": {"role"},
    "math": {"display"},
    "mo": {"stretchy", "fence", "separator", "minsize", "maxsize", "lspace", "rspace"},
    "mi": {"mathvariant"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mfrac": {"linethickness"},
    "mtable": {"columnalign", "rowspacing"},
    "mtd": {"columnalign"},
    "mspace": {"width"},
}
CLASSES = {
    "a": {"term", "role", "footnote-ref", "footnote-backref", "outside"},
    "div": {"footnote", "table-frame"},
    "figure": {"figure"},
    "pre": {"code"},
    "span": {"blank", "given"},
}
SCHEMES = {"http", "https", "mailto"}


def sanitised(html: str) -> Markup:
    """Return HTML with nothing in it but what is listed; safe to show."""
    return Markup(  # noqa: S704 - this is the wall  # nosec B704
        nh3.clean(
            html,
            tags=set(TEXT | MATHML),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
            set_tag_attribute_values={"table": {"tabindex": "0"}},  # a wide table scrolls, by keyboard too
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )

"""Takes the rows out of a contrast table."""

import re

from markupsafe import Markup

from catalogue.segments import Contrast, ContrastRow

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def contrast(html: Markup) -> Contrast | None:
    """Return the contrast that a sanitised table holds, or None when there is no table of three columns."""
    rows = [cells(row) for row in ROW.findall(html)]
    if not rows or any(len(row) != 3 for row in rows):
        return None
    heads, *others = rows
    return Contrast(tuple(ContrastRow(*row) for row in others), (heads[0], heads[1], heads[2]))


def cells(row: str) -> list[Markup]:
    """Return the cells of a row; they are parts of sanitised HTML."""
    return [Markup(cell.strip()) for cell in CELL.findall(row)]  # noqa: S704  # nosec B704

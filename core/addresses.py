"""Numbers in addresses: one that no column can hold names nothing, on any page."""

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter

LARGEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """The `int` of our addresses."""

    def to_python(self, value: str) -> int:
        """Read the number, or say that there is nothing."""
        number = int(super().to_python(value))
        if number > LARGEST_ID:
            raise NotFound
        return number


def prepare_addresses(app: Flask) -> None:
    """Let every address with a number in it know how large a number can be."""
    app.url_map.converters["int"] = RowNumber

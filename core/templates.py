"""Templates that import macros from one another all the time."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Gives each template its globals in one dictionary: Jinja's chain of two is walked at every import of a macro."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template; ours are all there before the first one is loaded."""
        return {**self.globals, **(d or {})}

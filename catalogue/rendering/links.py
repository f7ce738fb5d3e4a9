"""Where the references of a text lead; rendering is told, so that it needs to know nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OUTSIDE = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Links:
    """The address of every reference of a text, as it is written there; what is not here leads nowhere."""

    course: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def url(self, target: str) -> str | None:
        """Return a reference's address, or None when it leads nowhere."""
        if target.lower().startswith(OUTSIDE) or target.startswith("#"):
            return target
        return self.urls.get(target)

    def media(self, target: str) -> str | None:
        """Return the address of a picture or film, which is always one of ours."""
        return self.urls.get(target)

    def question(self, written: str) -> str:
        """Return a question's whole id, `course/id`."""
        return written if "/" in written else f"{self.course}/{written}"


NOWHERE = Links()

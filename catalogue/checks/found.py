"""A problem and its place within a document, before its line is looked up."""

from dataclasses import dataclass

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Found:
    """What is wrong, and where in the document's values."""

    place: Place
    sentence: str
    weighs: bool = True  # False: worth a warning only

    def below(self, *outer: int | str) -> "Found":
        """Return the same problem as seen from further out."""
        return Found((*outer, *self.place), self.sentence, self.weighs)

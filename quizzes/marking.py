"""What a response earns: a share in practice, all or nothing in an exam."""

from dataclasses import dataclass

from quizzes.kinds import Response, Shown, WrongResponse, kind_of

__all__ = ["Mark", "Response", "WrongResponse", "check_response", "mark"]


@dataclass(frozen=True)
class Mark:
    """What one response earned."""

    practice: float  # 0 to 1
    exam: float  # 1 or 0

    @property
    def right(self) -> bool:
        """Say whether nothing was wrong or missing."""
        return self.practice == 1.0


def mark(shown: Shown, response: Response) -> Mark:
    """Mark one response; a blank one earns nothing, and what cannot belong to the question raises WrongResponse."""
    kind = kind_of(shown)
    kind.check(shown, response)
    share = kind.share(shown, response)
    return Mark(practice=share, exam=1.0 if share == 1.0 else 0.0)


def check_response(shown: Shown, response: Response) -> None:
    """Refuse a response that cannot belong to the question."""
    kind_of(shown).check(shown, response)

"""Where things are found on the pages; texts link to them without knowing the views."""


def lesson(course: str, name: str, anchor: str = "") -> str:
    """Return a lesson's address."""
    return f"/courses/{course}/lessons/{name}" + (f"#{anchor}" if anchor else "")


def lab(course: str, lesson_name: str, number: int) -> str:
    """Return the address of a lesson's lab."""
    return f"{lesson(course, lesson_name)}/labs/{number}"


def term(name: str) -> str:
    """Return a term's place in the glossary."""
    return f"/glossary#{name}"


def role(name: str) -> str:
    """Return a role's place among the careers."""
    return f"/careers#{name}"

"""The people of the demo: one password, and four who come in with one press."""

DEMO_PASSWORD = "try-handover"  # noqa: S105  # printed on the sign-in page; the demo listens on this machine alone


def demo_email(key: str) -> str:
    """Return the address of one of the demo's people."""
    return f"{key}@example.org"


DEMO_PEOPLE = {
    "learner": demo_email("learner"),
    "instructor": demo_email("instructor"),
    "mentor": demo_email("mentor"),
    "administrator": demo_email("admin"),
}

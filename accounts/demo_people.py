"""The four people of the demo, who come in with one press."""

DEMO_PASSWORD = "try-handover"  # noqa: S105  # printed on the sign-in page; the demo listens on this machine alone
DEMO_PEOPLE = {
    "learner": "learner@example.org",
    "instructor": "instructor@example.org",
    "mentor": "mentor@example.org",
    "administrator": "admin@example.org",
}

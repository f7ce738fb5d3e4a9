"""Made-up rows for the style guide, which shows every component in its states; nothing here is shown to learners."""

from types import SimpleNamespace as Sample
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from catalogue.segments import Callout, Check, Contrast, ContrastRow, Html, MentorNote, Segment, Step, Steps

TITLES = (
    "Why the confusion",
    "What a project is",
    "What a service is",
    "Temporary and ongoing",
    "Lifecycles side by side",
)
STEM = Markup(
    "<p>A payments team rolls out a new fraud screen, then keeps tuning it every week. Which part is a project?</p>"
)
ACROSS = Markup("<p>in operations the tuning is continual improvement. It has an owner and no end date.</p>")
MINUTES = (0, 8, 0, 13, 19, 0, 4)


class SampleForm(FlaskForm):
    """A field of each kind."""

    name = StringField("Your name")
    email = EmailField("E-mail")
    about = TextAreaField("About you")
    zone = SelectField(
        "Time zone", choices=[SelectChoice("Europe/Berlin", "Europe/Berlin"), SelectChoice("UTC", "UTC")]
    )
    agree = BooleanField("Write to me about my account")
    pace = RadioField("Pace", choices=[SelectChoice("days", "Ten days"), SelectChoice("nights", "Fifteen nights")])


def option(name: str, html: str, correct: bool, why: str) -> Sample:
    """Return one option of a question."""
    return Sample(id=name, html=html, correct=correct, why_html=why)


def question(name: str, kind: str, *right: str) -> Sample:
    """Return a question with three options, of which those named are right."""
    options = [
        option("a", "The weekly tuning", "a" in right, "It goes on as long as the service does."),
        option("b", "The initial rollout", "b" in right, "It had an agreed end and produced something unique."),
        option(
            "c", "Both, because each has a schedule", "c" in right, "Rotas have schedules too. An end makes a project."
        ),
    ]
    return Sample(id=name, kind=kind, side="project", stem_html=STEM, options=options, other_side_html=ACROSS)


def segments() -> tuple[Segment, ...]:
    """Return a lesson's parts."""
    row = ContrastRow(
        Markup("Time"), Markup("Temporary: a beginning and an end"), Markup("Ongoing until it is retired")
    )
    heads = (Markup(""), Markup("Project management"), Markup("Service management"))
    return (
        Html(Markup("<p>A new pickup leaves the studio.</p><h2 id='the-same-change'>The same change, seen twice</h2>")),
        Contrast((row,), heads),
        Check("sample/one"),
        Steps(
            (
                Step("Agree the date", None, Markup("<p>First.</p>")),
                Step("Read the runbooks", None, Markup("<p>Then.</p>")),
            )
        ),
        *(Callout(kind, Markup("<p>Ask who answers the phone.</p>")) for kind in ("note", "tip", "warning", "example")),
        MentorNote(Markup("<p>Ask for an example from their own work.</p>")),
    )


def weeks() -> list[Sample]:
    """Return some weeks of a calendar."""
    days = [Sample(size=size, minutes=size, kind="", title=f"{size} minutes") for size in MINUTES]
    return [Sample(month="October" if number == 0 else None, days=days) for number in range(6)]


def sample() -> dict[str, Any]:
    """Return everything that the style guide shows."""
    states = ["done", "done", "done", "now", "later"]
    person = {
        "url": "#",
        "about": "ana@example.org",
        "roles": ["learner"],
        "joined": "2 November",
        "last_seen": "today",
    }
    return {
        "form": SampleForm(formdata=None),
        "question": question("one", "single", "b"),
        "answered": question("two", "single", "b"),
        "missed": question("three", "multiple", "b", "c"),
        "segments": segments(),
        "lessons": [
            Sample(title=title, url="#", state=state, current=state == "now")
            for title, state in zip(TITLES, states, strict=True)
        ],
        "headings": [("The launch", "the-launch"), ("The same change, seen twice", "the-same-change")],
        "weeks": weeks(),
        "people": [Sample(name="Ana Ruiz", needs=("Few answers yet", ""), **person)],
        "result": Sample(
            title="Temporary and ongoing",
            url="#",
            kind="Lesson",
            where="Two disciplines",
            excerpt_html=Markup("Between the two lies the <mark>handover</mark>."),
        ),
    }

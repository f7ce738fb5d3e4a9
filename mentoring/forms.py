"""What a mentor sets during and after a learner's exam."""

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from quizzes.sittings.extending import LONGEST_REASON

MINUTES = [SelectChoice(minutes, f"{minutes} minutes") for minutes in (5, 10, 15, 20, 30, 45, 60)]
LAST_YEAR = 3000
NO_REASON = "Say in a few words why; it stays in the history of the sitting."


class TimeForm(FlaskForm):
    """How much time a sitting is given, and why."""

    minutes = SelectField("More time", coerce=int, choices=MINUTES, default=10)
    reason = StringField(
        "Reason", [InputRequired(NO_REASON), Length(max=LONGEST_REASON)], render_kw={"maxlength": LONGEST_REASON}
    )


def not_too_far(form: FlaskForm, field: DateTimeLocalField) -> None:
    """Refuse a year that nobody means, and that no time zone may move."""
    if field.data and field.data.year >= LAST_YEAR:
        raise ValidationError(f"Write a year before {LAST_YEAR}.")


class HoldForm(FlaskForm):
    """From when results may be seen."""

    until = DateTimeLocalField(
        "Show results from",
        [InputRequired("Write the day and the time from which results may be seen."), not_too_far],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

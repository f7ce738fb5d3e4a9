"""What a learner plans for a course."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import NumberRange, Optional

MOST_MINUTES = 3_000  # a week


class PlanForm(FlaskForm):
    """When the exam is, and how much time there is until then."""

    exam_date = DateField("Date of your exam", [Optional()], description="Leave it empty while there is none.")
    weekly_minutes = IntegerField(
        "Minutes a week for it",
        [Optional(), NumberRange(0, MOST_MINUTES, f"Between 0 and {MOST_MINUTES:,} minutes, please.")],
    )

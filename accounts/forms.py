"""The forms of this room: they check shape, name the mend, and keep what was typed (never passwords)."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.addresses import LONGEST_EMAIL, LONGEST_NAME, email_fault, name_fault
from accounts.models import Role
from accounts.passwords import LONGEST, password_fault
from accounts.people import TAKEN

ROLES = [SelectChoice(role.value, role.value.capitalize()) for role in Role]
EXTRA_TIMES = [
    SelectChoice(0, "None"),
    SelectChoice(25, "25 % more"),
    SelectChoice(50, "50 % more"),
    SelectChoice(100, "Twice the time"),
]
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
NAME_MARKS = {"autocomplete": "name", "maxlength": LONGEST_NAME}
EMAIL_MARKS = {"autocomplete": "email", "maxlength": LONGEST_EMAIL}
NEW_PASSWORD_MARKS = {"autocomplete": "new-password", "maxlength": LONGEST}
PASSWORD_HINT = "At least 10 characters; three or four words make a good one."  # noqa: S105


def sound_email(form: FlaskForm, field: Field) -> None:
    """Refuse what is no e-mail address."""
    if fault := email_fault(field.data or ""):
        raise ValidationError(fault)


def sound_name(form: FlaskForm, field: Field) -> None:
    """Refuse an empty name, or one as long as a page."""
    if fault := name_fault(field.data or ""):
        raise ValidationError(fault)


class SignInForm(FlaskForm):
    """Who comes in; `held` carries a form that is to be sent again afterwards."""

    email = EmailField("E-mail", [InputRequired("Write the e-mail address of your account.")], render_kw=EMAIL_MARKS)
    password = PasswordField(
        "Password",
        [
            InputRequired("Write your password."),
            Length(max=LONGEST, message=f"A password has at most {LONGEST} characters."),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField("Keep me signed in on this device for 30 days")
    next = HiddenField()
    held = HiddenField()


class AccountForm(FlaskForm):
    """A new account; the address may be fixed beforehand, by an invitation."""

    name = StringField("Your name", [sound_name], render_kw=NAME_MARKS, description="As others here should know you.")
    email = EmailField("E-mail", [sound_email], render_kw=EMAIL_MARKS)
    password = PasswordField("Password", render_kw=NEW_PASSWORD_MARKS, description=PASSWORD_HINT)

    def validate_password(self, field: Field) -> None:
        """Refuse a weak password."""
        if fault := password_fault(field.data or "", self.email.data or "", self.name.data or ""):
            raise ValidationError(fault)

    def refuse_taken(self) -> None:
        """Say that the address belongs to an account already."""
        self.email.errors = [TAKEN]


class ResetRequestForm(FlaskForm):
    """Whose password is to be set anew."""

    email = EmailField("E-mail", [sound_email], render_kw=EMAIL_MARKS)


class NewPasswordForm(FlaskForm):
    """A new password for a known person."""

    password = PasswordField("New password", render_kw=NEW_PASSWORD_MARKS, description=PASSWORD_HINT)

    def __init__(self, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner = email, name

    def validate_password(self, field: Field) -> None:
        """Refuse a weak password."""
        if fault := password_fault(field.data or "", *self.owner):
            raise ValidationError(fault)


class ChangePasswordForm(NewPasswordForm):
    """A new password, set by whoever knows the present one."""

    current_password = PasswordField(
        "Present password",
        [InputRequired("Write the password that you have now.")],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )


class ProfileForm(FlaskForm):
    """How somebody is called, where they are, and how much time they need."""

    name = StringField("Name", [sound_name], render_kw=NAME_MARKS)
    time_zone = SelectField("Time zone", description="Times on all pages are said in this zone.")
    extra_time = SelectField(
        "Extra time in exams",
        coerce=int,
        choices=EXTRA_TIMES,
        description="For whoever is granted it in the real exam. It lengthens every clock here.",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.time_zone.choices = zone_choices()


class RolesForm(FlaskForm):
    """What somebody is here for."""

    roles = SelectMultipleField(
        "Roles",
        choices=ROLES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=True,
    )


class MentorForm(FlaskForm):
    """Who is to mentor somebody."""

    mentor = EmailField(
        "The mentor’s e-mail", [sound_email], render_kw={"maxlength": LONGEST_EMAIL, "autocomplete": "off"}
    )


class InvitationForm(FlaskForm):
    """Who is invited, and as what; without an address the link serves whoever holds it."""

    email = EmailField(
        "E-mail",
        render_kw={"maxlength": LONGEST_EMAIL, "autocomplete": "off"},
        description="The link is mailed there. Leave it empty to hand the link over yourself.",
    )
    role = SelectField("Role", choices=ROLES)

    def validate_email(self, field: Field) -> None:
        """Refuse what is no e-mail address, unless there is none."""
        if (field.data or "").strip():
            sound_email(self, field)


def words(field: Field) -> str:
    """Return what was typed into a field of text."""
    return str(field.data or "")


@cache
def zone_choices() -> list[SelectChoice]:
    """Return the world's time zones by region, cities in words."""
    zones = [zone for zone in sorted(available_timezones()) if zone.startswith(tuple(f"{name}/" for name in REGIONS))]
    return [SelectChoice("UTC", "UTC"), *(SelectChoice(zone, city(zone), optgroup=region(zone)) for zone in zones)]


def region(zone: str) -> str:
    """Return a zone's part of the world."""
    return zone.partition("/")[0]


def city(zone: str) -> str:
    """Say a zone's city in words."""
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")

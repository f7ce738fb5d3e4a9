"""What is wrong with an archive, said in one line."""

from click import ClickException


class BadArchive(ClickException):
    """An archive that cannot be used; the text says what is wrong with it, and a command shows it as one line."""

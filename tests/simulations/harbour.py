"""The test content's scenario, ready to be played."""

from catalogue.parsing import Where, parse
from simulations.engine.model import Model
from tests.conftest import CONTENT

PATH = CONTENT / "rehearsal" / "scenarios" / "harbour.yaml"
SOURCE = PATH.read_text()


def model(*changes):
    """Return the scenario as a model, with pieces of its text exchanged."""
    return Model(shape(*changes))


def shape(*changes):
    return document(*changes).shape


def document(*changes):
    text = SOURCE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parse("rehearsal/scenarios/harbour.yaml", Where("scenario", "rehearsal", "harbour"), text)


def faults(*changes):
    """Return what the checks say, with lines."""
    return [f"{fault.line}: {fault.sentence}" for fault in document(*changes).faults]

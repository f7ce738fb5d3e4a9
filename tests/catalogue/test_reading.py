"""YAML is read with its lines, and what makes it treacherous is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.faults import Faults
from catalogue.schema.reading import read_yaml

REFUSED = {
    "an alias": ("a: &x 1\nb: *x\n", 1, "Aliases"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "written twice"),
    "a key that means true": ("a: 1\nyes: 2\n", 2, "put it in quotes"),
    "a number as key": ("1: a\n", 1, "put it in quotes"),
    "a date as key": ("2026-01-01: a\n", 1, "put it in quotes"),
    "a word that means false": ("a: no\n", 1, "write 'no'"),
    "a merge": ("a: {<<: {b: 1}}\n", 1, "put it in quotes"),
    "an open bracket": ("a: [1,\nb: 2\n", 3, "not closed"),
    "a colon in a text": ("a: b: c\n", 1, "quotes"),
    "a tag": ("a: !!python/object/apply:os.system [x]\n", 1, "The tag"),
    "a second document": ("a: 1\n--- b\n", 2, "another document"),
    "a control character": ("a: 1\nb: \x07\n", 2, "invisible"),
    "brackets without end": ("[" * 100_000, 1, "too deeply"),
    "braces without end": ("{a: " * 50_000, 1, "too deeply"),
    "dashes without end": ("- " * 100_000, 1, "too deeply"),
    "question marks without end": ("? " * 100_000, 1, "too deeply"),
    "stairs without end": ("\n".join(" " * n + "-" for n in range(3_000)), 201, "too deeply"),
    "laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "Aliases"),
}


@pytest.mark.parametrize("text, line, words", REFUSED.values(), ids=REFUSED)
def test_what_makes_yaml_treacherous_is_refused_at_its_line(text, line, words):
    with pytest.raises(Faults) as refused:
        read_yaml("a.yaml", text)
    fault = refused.value.faults[0]
    assert fault.line == line and words in fault.sentence


def test_values_are_those_an_author_sees():
    text = "a: 1\nb: 1.5\nc: true\nd: null\ne: 12:30\nf: 010\ng: 'no'\nh: [x, y]\n"
    assert read_yaml("a.yaml", text).value == {
        "a": 1, "b": 1.5, "c": True, "d": None, "e": "12:30", "f": "010", "g": "no", "h": ("x", "y"),
    }  # fmt: skip


def test_lines_are_found_by_walking_to_a_value():
    reading = read_yaml("a.yaml", "a: 1\nb:\n  - {c: 1}\n  - c: |\n      text\n", offset=10)
    assert reading.line(("b", 1, "c")) == 14
    assert reading.text_line(("b", 1, "c")) == 15
    assert reading.line(("b", 1, "missing")) == 14


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@` \n\t,?1\x00\ud800é"), max_size=80))
def test_no_text_crashes_the_reader(text):
    try:
        read_yaml("a.yaml", text)
    except Faults as faults:
        assert all(fault.sentence for fault in faults.faults)

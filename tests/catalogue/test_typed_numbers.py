"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.typed_numbers import WrongNumber, read_number

READ = [
    ("12.5", "12.5"),
    ("12,5", "12.5"),
    ("1.234,5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1 234,5", "1234.5"),
    ("1'234", "1234"),
    ("1,234,567", "1234567"),
    ("0,234", "0.234"),
    ("1234,567", "1234.567"),
    ("−3", "-3"),
    ("−\u2060€500", "-500"),  # as pages write it
    (".5", "0.5"),
    ("5.", "5"),
    ("99.5 %", "99.5"),
    ("€ 12,50", "12.50"),
]


@pytest.mark.parametrize(("typed", "number"), READ)
def test_a_number_is_read_in_the_notation_it_was_typed_in(typed, number):
    assert read_number(typed, "%") == Decimal(number)


@pytest.mark.parametrize("typed", ["1,234", "1.234", "-12,345"])
def test_a_lone_separator_before_three_digits_is_asked_back_with_both_readings(typed):
    with pytest.raises(WrongNumber) as told:
        read_number(typed)
    bare = typed.replace(",", "").replace(".", "")
    assert f"Write {bare} if" in str(told.value)
    both = str(told.value).split("Write ")[1].replace(" if you mean thousands, or ", " ").split()[:2]
    assert {read_number(one) for one in both} == {Decimal(bare), Decimal(typed.replace(",", "."))}


@pytest.mark.parametrize("typed", ["", "twelve", "1e5", "12,34,5", "1..2", "0x10", "nan", "9" * 61, "--3"])
def test_what_is_no_number_is_told_in_words(typed):
    with pytest.raises(WrongNumber, match="number"):
        read_number(typed)


@given(st.decimals(-1_000_000, 1_000_000, places=2))
def test_every_number_written_plainly_is_read_as_itself(number):
    assert read_number(f"{number:f}") == number
    assert read_number(f"{number:,f}") == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_is_refused_in_words(typed):
    try:
        assert read_number(typed).is_finite()
    except WrongNumber as told:
        assert str(told)

"""Figures, aims and the table that holds them."""

import re

from bench.figures import Aim, Figure, measured, percentile, said
from bench.table import markdown, page, summary


def test_a_percentile_is_a_value_that_was_measured():
    values = [float(n) for n in range(100, 0, -1)]
    assert percentile(values, 50) == 50 and percentile(values, 99) == 99 and percentile(values, 100) == 100
    assert percentile([7.0], 99) == 7 and percentile([], 99) == 0


def test_one_slow_request_in_fifty_is_the_p99():
    assert percentile([1.0] * 49 + [80.0], 99) == 80 and percentile([1.0] * 49 + [80.0], 98) == 1


def test_an_aim_is_at_least_or_at_most():
    assert Aim(0.7, least=True).met(0.7) and not Aim(0.7, least=True).met(0.69)
    assert Aim(50, "ms").met(50) and not Aim(50, "ms").met(50.1)
    assert str(Aim(0.7, least=True)) == "≥ 0.70" and str(Aim(150, "ms")) == "≤ 150 ms"


def test_numbers_are_written_with_the_digits_that_count():
    assert [said(n, "ms") for n in (1234.5, 123.4, 12.34, 1.234)] == ["1,234 ms", "123 ms", "12.3 ms", "1.23 ms"]


FIGURES = [
    measured("Reading a course", 2.5, "s", Aim(2, "s"), reference="3 MB"),
    measured("Going live", 90, "ms", Aim(150, "ms")),
    Figure("Memory", "90 MB"),
]


def test_the_table_tells_what_is_met_and_what_is_missed():
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in markdown(FIGURES).splitlines()]
    assert rows[0][:5] == ["What", "Measured", "Reference", "Ceiling", "Aim"]
    assert rows[2] == ["Reading a course", "2.50 s", "3 MB", "", "≤ 2 s", "**missed**"]
    assert rows[3][-1] == "met" and rows[4][-1] == ""
    assert len({len(line) for line in markdown(FIGURES).splitlines()}) == 1
    assert summary(FIGURES) == "1 of 2 aims are met. Missed: Reading a course."


def test_the_page_tells_cores_and_python_and_nothing_else_of_the_machine():
    text = page(FIGURES, "python -m bench --write docs/speed.md")
    assert re.search(
        r"Made by `python -m bench --write docs/speed.md` on \d+ \w+ \d{4}, with \d+ cores and Python 3\.\d+\.\d+\.",
        text,
    )
    import platform
    import socket

    assert socket.gethostname() not in text and platform.release() not in text and markdown(FIGURES) in text

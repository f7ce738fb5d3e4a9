"""Expressions over arrays mean what they mean everywhere, and nothing else is ever evaluated."""

import ast

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.expressions import KNOWN, WrongExpression, evaluate
from simulations.engine.arithmetic import NAMED, compiled

NAMES = {"a": 3.0, "b": -2.0, "c": 0.5}


def number(text, **known):
    return float(compiled(text)({**NAMES, **known}))


def sums():
    """Texts of arithmetic that both the plain and the array reading understand."""
    leaf = st.sampled_from(["a", "b", "c", "1", "2.5", "0"])
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            st.tuples(inner, st.sampled_from(["<", "<=", ">", "==", "!="]), inner).map(
                lambda t: f"({t[0]} {t[1]} {t[2]})"
            ),
            st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
            st.tuples(inner, inner).map(lambda t: f"max({t[0]}, min({t[1]}, 4))"),
            inner.map(lambda t: f"(-{t})"),
            inner.map(lambda t: f"abs({t})"),
            inner.map(lambda t: f"sqrt(abs({t}))"),
            inner.map(lambda t: f"log(1 + abs({t}))"),
            inner.map(lambda t: f"exp(min({t}, 3))"),
            inner.map(lambda t: f"(1 + abs({t})) ** 2"),
            st.tuples(inner, inner).map(lambda t: f"({t[0]} / (1 + abs({t[1]})))"),
            st.tuples(inner, inner).map(lambda t: f"({t[0]} % (1 + abs({t[1]})))"),
            st.tuples(inner, inner).map(lambda t: f"clip({t[0]}, {t[1]}, {t[1]} + 2)"),
            st.tuples(inner, inner, inner).map(lambda t: f"where({t[0]}, {t[1]}, {t[2]})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} not {t[2]})"),
        ),
        max_leaves=8,
    )


@given(sums())
def test_arrays_and_numbers_agree(text):
    with np.errstate(all="ignore"):
        found = number(text)
    assume(np.isfinite(found) and abs(found) < 1e9)  # steps between whole numbers, as % has them, need digits
    assert found == pytest.approx(evaluate(text, NAMES), rel=1e-6, abs=1e-6)


def test_both_readings_know_the_same_functions():
    assert KNOWN == NAMED


@pytest.mark.parametrize("text", ["min(a)", "clip(a, 1)", "abs(a, b)", "log(a, 2)", "where(a, 1)", "max()", "exp()"])
def test_a_function_takes_as_many_values_as_it_takes(text):
    with pytest.raises(WrongExpression, match="gives"):
        compiled(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("where(a > 1, 10, 20)", 10),
        ("0 < c < 1", 1),
        ("a > 1 and b > 1", 0),
        ("a > 1 or b > 1", 1),
        ("not a > 1", 0),
        ("(a > 1) + (a > 2)", 2),
        ("clip(a, 0, 2)", 2),
        ("a ** 2 % 4", 1),
        ("1 / 0 if a < 0 else 7", 7),
    ],
)
def test_conditions_are_numbers(text, value):
    with np.errstate(all="ignore"):
        assert number(text) == value


def test_each_play_has_a_value_of_its_own():
    assert compiled("x * 2 if x > 1 else -x")({"x": np.array([0.5, 2.0])}).tolist() == [-0.5, 4.0]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "(1).__class__",
        "a.b",
        "open('x')",
        "[1, 2]",
        "lambda: 1",
        "a := 2",
        "f'{a}'",
        "'text'",
        "played('x') == 'y'",
        "min(*a)",
        "max(a, key=b)",
        "a if",
        "a" * 501,
        "(" * 300 + "a" + ")" * 300,
        "True",
        "1j",
        "None",
    ],
)
def test_an_expression_that_tries_to_escape_is_refused(text):
    with pytest.raises(WrongExpression):
        compiled(text)


def test_every_kind_of_node_python_knows_is_refused_unless_it_is_listed():
    for text in ("{1: 2}", "{1}", "a[0]", "(yield)", "a @ b", "a << 1", "a & b", "~a", "a is b", "a in b", "(a, b)"):
        ast.parse(text, mode="eval")
        with pytest.raises(WrongExpression):
            compiled(text)

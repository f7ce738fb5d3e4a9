"""Expressions over arrays: the same small arithmetic as everywhere, for many plays at once."""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalogue.expressions import WrongExpression, parsed

Array = NDArray[np.float64]
Known = Mapping[str, Any]  # a name's value: an array with one entry a play, or a number
Evaluate = Callable[[Known], Any]

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.Mod: np.mod,
    ast.Pow: np.float_power,
}
COMPARING: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda *values: reduce(np.minimum, values),
    "max": lambda *values: reduce(np.maximum, values),
    "clip": lambda value, low, high: np.minimum(np.maximum(value, low), high),
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "where": lambda test, then, other: np.where(np.not_equal(test, 0), then, other),
}
NAMED = frozenset(FUNCTIONS)


@lru_cache(maxsize=8192)
def compiled(text: str) -> Evaluate:
    """Return an expression as a function of what is known; truths are 1.0 and 0.0. Raise WrongExpression."""
    return of_node(parsed(text, NAMED))


def given(value: float | str) -> Evaluate:
    """Return a number, or an expression, as a function of what is known."""
    if isinstance(value, str):
        return compiled(value)
    number = float(value)
    return lambda known: number


def of_node(node: ast.expr) -> Evaluate:
    """Return one node of an expression as a function."""
    match node:
        case ast.Constant(value=value):
            number = float(str(value))
            return lambda known: number
        case ast.Name(id=name):
            return operator.itemgetter(name)
        case ast.BinOp(left=left, op=op, right=right):
            return two(BINARY[type(op)], of_node(left), of_node(right))
        case ast.UnaryOp(op=op, operand=operand):
            return one(op, of_node(operand))
        case ast.BoolOp(op=op, values=values):
            return joined(op, [of_node(value) for value in values])
        case ast.Compare():
            return compared(node)
        case ast.IfExp(test=test, body=body, orelse=other):
            return called("where", [of_node(test), of_node(body), of_node(other)])
        case ast.Call(func=ast.Name(id=name), args=args):
            return called(name, [of_node(arg) for arg in args])
    raise WrongExpression("is not arithmetic")


def two(combine: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    """Combine two values."""
    return lambda known: combine(left(known), right(known))


def one(sign: ast.unaryop, value: Evaluate) -> Evaluate:
    """Apply a sign to a value."""
    if isinstance(sign, ast.Not):
        return lambda known: np.equal(value(known), 0) * 1.0
    if isinstance(sign, ast.USub):
        return lambda known: -value(known)
    return value


def joined(joint: ast.boolop, values: list[Evaluate]) -> Evaluate:
    """Join truths with `and` or with `or`."""
    combine = np.logical_and if isinstance(joint, ast.And) else np.logical_or
    return lambda known: reduce(combine, [value(known) for value in values]) * 1.0


def compared(node: ast.Compare) -> Evaluate:
    """Compare a chain of values, as in 0 < x < 10."""
    values = [of_node(value) for value in (node.left, *node.comparators)]
    pairs = list(zip((COMPARING[type(op)] for op in node.ops), values, values[1:], strict=False))
    if len(pairs) == 1:
        compare, left, right = pairs[0]
        return lambda known: compare(left(known), right(known)) * 1.0
    return lambda known: reduce(np.logical_and, [op(left(known), right(known)) for op, left, right in pairs]) * 1.0


def called(name: str, args: list[Evaluate]) -> Evaluate:
    """Call one of the functions."""
    function = FUNCTIONS[name]
    return lambda known: function(*[arg(known) for arg in args])

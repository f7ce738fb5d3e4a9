"""Safe expressions: a small, whitelisted piece of arithmetic, and nothing else is ever evaluated."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

LONGEST = 500
LARGEST_POWER = 64

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
COMPARING: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "clip": lambda value, low, high: min(max(value, low), high),
}


class WrongExpression(ValueError):
    """An expression that is not understood; the text says why."""


class NoNumber(ValueError):
    """An expression that has no finite value for these numbers."""


@lru_cache(maxsize=8192)
def parsed(text: str) -> ast.expr:
    """Parse an expression and refuse everything outside the whitelist."""
    if len(text) > LONGEST:
        raise WrongExpression(f"is longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise WrongExpression("cannot be read as arithmetic") from None
    for node in ast.walk(tree):
        refuse_unknown(node)
    return tree


def refuse_unknown(node: ast.AST) -> None:
    """Refuse a part of an expression that is not on the list."""
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            raise WrongExpression(f"may only call {', '.join(FUNCTIONS)}")
    elif isinstance(node, ast.Constant):
        if type(node.value) not in (int, float):
            raise WrongExpression("may only hold numbers and names")
    elif not isinstance(node, ALLOWED):
        raise WrongExpression(f"holds something that is not arithmetic ({type(node).__name__})")


ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Name, ast.Load, ast.And, ast.Or, ast.Pow,
    *BINARY, *COMPARING, *UNARY,
)  # fmt: skip


def names_in(text: str) -> frozenset[str]:
    """Return the names an expression asks for."""
    nodes = ast.walk(parsed(text))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name)) - FUNCTIONS.keys()


def evaluate(text: str, given: Mapping[str, float]) -> float:
    """Return an expression's value; raise NoNumber where it has none (a division by zero, say)."""
    try:
        value = worth(parsed(text), given)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoNumber(str(error)) from None
    if isinstance(value, complex) or not math.isfinite(value):
        raise NoNumber("not a finite number")
    return float(value)


def worth(node: ast.expr, given: Mapping[str, float]) -> Any:
    """Return the value of one node of an expression."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return given[name]
        case ast.BinOp(left=left, op=op, right=right):
            return combined(op, worth(left, given), worth(right, given))
        case ast.UnaryOp(op=sign, operand=operand):
            return UNARY[type(sign)](worth(operand, given))
        case ast.BoolOp(op=joint, values=values):
            truths = (bool(worth(value, given)) for value in values)
            return all(truths) if isinstance(joint, ast.And) else any(truths)
        case ast.Compare():
            return compared(node, given)
        case ast.IfExp(test=test, body=body, orelse=other):
            return worth(body if worth(test, given) else other, given)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(worth(arg, given) for arg in args))
    raise NoNumber("not arithmetic")


def combined(op: ast.operator, left: Any, right: Any) -> Any:
    """Combine two values; powers are bounded, so that no expression can fill the memory."""
    if isinstance(op, ast.Pow):
        if abs(right) > LARGEST_POWER:
            raise NoNumber("too large a power")
        return float(left) ** right
    return BINARY[type(op)](left, right)


def compared(node: ast.Compare, given: Mapping[str, float]) -> bool:
    """Compare a chain of values, as in 0 < x < 10."""
    values = [worth(value, given) for value in (node.left, *node.comparators)]
    pairs = zip(node.ops, values, values[1:], strict=False)
    return all(COMPARING[type(op)](left, right) for op, left, right in pairs)

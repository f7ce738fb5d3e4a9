"""Safe expressions: a small, whitelisted piece of arithmetic, and nothing else is ever evaluated."""

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping, Set
from functools import lru_cache
from typing import Any

Functions = Mapping[str, Callable[..., Any]]
Worth = Callable[[Mapping[str, float], Functions], Any]

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
    "where": lambda test, then, other: then if test else other,
}


ARGUMENTS = {"min": (2, 20), "max": (2, 20), "clip": (3, 3), "where": (3, 3)}  # all others take one


class WrongExpression(ValueError):
    """An expression that is not understood; the text says why."""


class NoNumber(ValueError):
    """An expression that has no finite value for these numbers."""


KNOWN = frozenset(FUNCTIONS)


@lru_cache(maxsize=8192)
def parsed(text: str, functions: Set[str] = KNOWN, texts: bool = False) -> ast.expr:
    """Parse an expression and refuse everything outside the whitelist; `texts` allows ids in quotes."""
    if len(text) > LONGEST:
        raise WrongExpression(f"is longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise WrongExpression("cannot be read as arithmetic") from None
    for node in ast.walk(tree):
        refuse_unknown(node, functions, (int, float, str) if texts else (int, float))
    return tree


def refuse_unknown(node: ast.AST, functions: Set[str], constants: tuple[type, ...]) -> None:
    """Refuse a part of an expression that is not on the list."""
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in functions or node.keywords:
            raise WrongExpression(f"may only call {', '.join(sorted(functions))}")
        least, most = ARGUMENTS.get(node.func.id, (1, 1))
        if not least <= len(node.args) <= most:
            raise WrongExpression(f"gives {node.func.id} {len(node.args)} of the {least} values that it takes")
    elif isinstance(node, ast.Constant):
        if type(node.value) not in constants:
            raise WrongExpression("may only hold numbers and names")
    elif not isinstance(node, ALLOWED):
        raise WrongExpression(f"holds something that is not arithmetic ({type(node).__name__})")


ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Name, ast.Load, ast.And, ast.Or, ast.Pow,
    *BINARY, *COMPARING, *UNARY,
)  # fmt: skip


def names_in(text: str, functions: Set[str] = KNOWN, texts: bool = False) -> frozenset[str]:
    """Return the names an expression asks for."""
    nodes = ast.walk(parsed(text, functions, texts))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name)) - functions


def evaluate(text: str, given: Mapping[str, float]) -> float:
    """Return an expression's value; raise NoNumber where it has none (a division by zero, say)."""
    value = valued(worker(text), given, FUNCTIONS)
    if isinstance(value, complex | str) or not math.isfinite(value):
        raise NoNumber("not a finite number")
    return float(value)


def holds(text: str, given: Mapping[str, float], telling: Mapping[str, Callable[..., Any]]) -> bool:
    """Say whether a condition holds that may also call functions that tell about ids in quotes; raise NoNumber."""
    functions = {**FUNCTIONS, **telling}
    return bool(valued(worker(text, frozenset(functions), texts=True), given, functions))


def valued(worth: Worth, given: Mapping[str, float], functions: Functions) -> Any:
    """Return a value; raise NoNumber where there is none."""
    try:
        return worth(given, functions)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoNumber(str(error)) from None


@lru_cache(maxsize=8192)
def worker(text: str, functions: Set[str] = KNOWN, texts: bool = False) -> Worth:
    """Return what works out an expression: its tree is walked once, not for each of thousands of variants."""
    return work_of(parsed(text, functions, texts))


def work_of(node: ast.expr) -> Worth:
    """Return what works out one node of a tree."""
    match node:
        case ast.Constant(value=value):
            return lambda given, functions: value
        case ast.Name(id=name):
            return lambda given, functions: given[name]
        case ast.BinOp(left=left, op=op, right=right):
            return pair(power if isinstance(op, ast.Pow) else BINARY[type(op)], work_of(left), work_of(right))
        case ast.UnaryOp(op=sign, operand=operand):
            return unary(UNARY[type(sign)], work_of(operand))
        case ast.BoolOp(op=joint, values=values):
            return joined(all if isinstance(joint, ast.And) else any, [work_of(value) for value in values])
        case ast.Compare():
            return comparison(node)
        case ast.IfExp(test=test, body=body, orelse=other):
            return either(work_of(test), work_of(body), work_of(other))
        case ast.Call(func=ast.Name(id=name), args=args):
            return call(name, [work_of(arg) for arg in args])
    raise WrongExpression("is not arithmetic")


def pair(operation: Callable[[Any, Any], Any], left: Worth, right: Worth) -> Worth:
    """Combine two values."""
    return lambda given, functions: operation(left(given, functions), right(given, functions))


def power(base: Any, exponent: Any) -> Any:
    """Raise to a power that is bounded, so that no expression can fill the memory."""
    if abs(exponent) > LARGEST_POWER:
        raise NoNumber("too large a power")
    return float(base) ** exponent


def unary(operation: Callable[[Any], Any], operand: Worth) -> Worth:
    """Change one value."""
    return lambda given, functions: operation(operand(given, functions))


def joined(joint: Callable[[Iterable[bool]], bool], parts: list[Worth]) -> Worth:
    """Join truths by and, or by or; what is decided already is not asked."""
    return lambda given, functions: joint(bool(part(given, functions)) for part in parts)


def comparison(node: ast.Compare) -> Worth:
    """Compare a chain of values, as in 0 < x < 10."""
    parts = [work_of(part) for part in (node.left, *node.comparators)]
    operations = [COMPARING[type(op)] for op in node.ops]
    if len(operations) == 1:
        return pair(operations[0], *parts)
    return lambda given, functions: in_order(operations, [part(given, functions) for part in parts])


def in_order(operations: list[Callable[[Any, Any], bool]], values: list[Any]) -> bool:
    """Say whether each value stands to the next as asked."""
    return all(op(left, right) for op, left, right in zip(operations, values, values[1:], strict=False))


def either(test: Worth, body: Worth, other: Worth) -> Worth:
    """Choose one of two values; the other is not worked out."""
    return lambda given, functions: (body if test(given, functions) else other)(given, functions)


def call(name: str, arguments: list[Worth]) -> Worth:
    """Call a known function."""
    return lambda given, functions: functions[name](*(argument(given, functions) for argument in arguments))

"""A verdict as an author reads it: rules, options, and the best policy; and as the file that keeps it."""

from collections.abc import Iterator

import yaml

from catalogue.schema.verdict import VerdictShape

NOTE = "# Written by `flask scenario check`; it counts as long as the scenario's text stays the same.\n"


def page(title: str, verdict: VerdictShape) -> str:
    """Return a verdict as Markdown."""
    return "\n".join(
        [f"## {title}", "", *rule_table(verdict), "", *option_table(verdict), "", *level_table(verdict), ""]
    )


def rule_table(verdict: VerdictShape) -> Iterator[str]:
    """Return the table of rules."""
    yield "| Rule | | Found | Wanted |"
    yield "|---|---|---|---|"
    for one in verdict.rules:
        yield f"| {one.rule} | {'holds' if one.holds else '**broken**'} | {one.found} | {one.wanted} |"


def option_table(verdict: VerdictShape) -> Iterator[str]:
    """Return how often each option is best, by context."""
    contexts = list(verdict.levels)
    yield "| Best in … of settings | " + " | ".join(contexts) + " |"
    yield "|---|" + "---:|" * len(contexts)
    for one in verdict.options:
        cells = " | ".join(f"{one.best.get(context, 0):.0%}" for context in contexts)
        yield f"| {one.stage}: {one.option}{' (a trap)' if one.trap else ''} | {cells} |"


def level_table(verdict: VerdictShape) -> Iterator[str]:
    """Return what random play and the best policy found score."""
    yield "| Context | Random play | Best found | Its choices |"
    yield "|---|---:|---:|---|"
    for name, level in verdict.levels.items():
        yield f"| {name} | {level.random:.1f} | {level.best:.1f} | {', '.join(level.policy.values())} |"


def as_file(verdict: VerdictShape) -> str:
    """Return a verdict as the file that keeps it beside its scenario."""
    values = verdict.model_dump()
    values["rules"], values["options"] = ([dict(one) for one in values[part]] for part in ("rules", "options"))
    text: str = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=140)
    return NOTE + text

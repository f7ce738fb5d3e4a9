"""`python -m operations.advisories`: ask whether any locked package is known to be vulnerable."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from core.config import ROOT

LOCKED = (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "test.txt")
ASK = (
    "-m",
    "pip_audit",
    "--strict",
    "--disable-pip",
    "--require-hashes",
    "--progress-spinner",
    "off",
    "--format",
    "json",
)
SECONDS = 180


def main() -> int:
    """Ask about every lock file; an advisory fails, and a question that nobody answered is told aloud."""
    return max(ask_about(lock) for lock in LOCKED)


def ask_about(lock: Path) -> int:
    """Ask about one lock file and say what was found."""
    try:
        asked = subprocess.run(
            [sys.executable, *ASK, "-r", str(lock)], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return not_run(lock, f"no answer within {SECONDS} seconds")
    return tell(lock, asked.stdout, asked.stderr)


def tell(lock: Path, answer: str, complaint: str) -> int:
    """Say what the answer holds; without one, the complaint says why (pip-audit's exit status is 1 for both)."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return not_run(lock, (complaint.strip().splitlines() or ["it gave no reason"])[-1])
    known = [sentence for package in packages for sentence in advisories(package)]
    click.echo("\n".join([f"{lock.name}: {len(packages)} packages, {len(known)} known vulnerabilities", *known]))
    return 1 if known else 0


def advisories(package: dict[str, Any]) -> list[str]:
    """Say each advisory of a package in a line, with the versions that mend it."""
    return [
        f"  {package['name']} {package.get('version', '?')}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for found in package.get("vulns", [])
    ]


def not_run(lock: Path, why: str) -> int:
    """Say aloud that nobody knows; this machine may be without a network, so it is no failure."""
    click.secho(f"NOT AUDITED: {lock.name} could not be checked for known vulnerabilities ({why})", bold=True, err=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

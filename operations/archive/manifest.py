"""The manifest of an archive: what is in it, how much of it, and by which digests it is known."""

import json
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from core.config import ROOT
from operations.archive.faults import BadArchive
from operations.archive.kinds import KINDS, Columns

FORMAT = "handover-backup"
VERSION = 1
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"
MOST_MANIFEST_BYTES = 64_000_000
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
MemberName = Annotated[
    str, StringConstraints(pattern=r"^(README\.txt|tables/[a-z][a-z0-9_]{0,62}\.jsonl|media/[0-9a-f]{64})$")
]
Amount = Annotated[int, Field(ge=0)]


class Strict(BaseModel):
    """A part of the manifest; what it does not know it does not take."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Member(Strict):
    """One file of the archive."""

    bytes: Amount
    sha256: Digest


class Table(Strict):
    """One table: how many rows, and of which kind each column is."""

    rows: Amount
    columns: dict[str, Literal["boolean", "integer", "number", "text", "json", "date", "moment", "bytes"]]

    @property
    def kinds(self) -> Columns:
        """The columns with their kinds, in order."""
        return {name: KINDS[kind] for name, kind in self.columns.items()}


class Manifest(Strict):
    """Everything there is to know about an archive before it is read."""

    format: Literal["handover-backup"] = "handover-backup"
    version: Literal[1] = 1
    product_version: str
    database: str
    revisions: Annotated[list[str], Field(min_length=1)]
    taken_at: str
    tables: dict[TableName, Table]
    members: dict[MemberName, Member]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables.values())

    @property
    def media(self) -> int:
        """How many files of bytes there are."""
        return sum(name.startswith("media/") for name in self.members)

    def written(self) -> bytes:
        """Write the manifest as a file that people can read as well."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False).encode() + b"\n"

    def sums(self, written: Member) -> bytes:
        """Write the digests in the form that `sha256sum -c` takes, the manifest's own among them."""
        members = {**self.members, MANIFEST: written}
        return "".join(f"{member.sha256}  {name}\n" for name, member in sorted(members.items())).encode()


def member_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"tables/{table}.jsonl"


def product_version() -> str:
    """Return the version of this product."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest; raise BadArchive when it is not ours, newer than we know, or does not hold together."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise BadArchive(f"The archive's {MANIFEST} is no JSON.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadArchive(f"This is not a backup of Handover: its {MANIFEST} does not say {FORMAT!r}.")
    refuse_newer(found.get("version"))
    try:
        manifest = Manifest.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BadArchive(f"The archive's {MANIFEST} cannot be used: {place}: {first['msg']}.") from None
    refuse_gaps(manifest)
    return manifest


def refuse_newer(version: Any) -> None:
    """Refuse a form of archive that came after us."""
    if isinstance(version, int) and version > VERSION:
        raise BadArchive(
            f"This archive has the newer form {version}, and this product reads forms up to {VERSION}; "
            "restore it with the version of Handover that made it, or a newer one."
        )


def refuse_gaps(manifest: Manifest) -> None:
    """Refuse a manifest whose tables and files do not belong together."""
    wanted = {README, *(member_of(table) for table in manifest.tables)}
    named = {name for name in manifest.members if not name.startswith("media/")}
    if wanted != named:
        raise BadArchive(f"The archive's {MANIFEST} does not hold together: {min(wanted ^ named)}.")
    for name, member in manifest.members.items():
        if name.startswith("media/") and name != f"media/{member.sha256}":
            raise BadArchive(f"The archive's {MANIFEST} does not hold together: {name} has another digest.")

"""Changes archives the way accidents and strangers do."""

import hashlib
import json
import zipfile


def unpack(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file, members):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def manifest_of(members):
    return json.loads(members["manifest.json"])


def set_manifest(members, manifest):
    members["manifest.json"] = json.dumps(manifest).encode()


def seal(members):
    """Let the digests, sizes and sums agree with the files again, as somebody who means it would."""
    manifest = manifest_of(members)
    for name in manifest["members"]:
        if name in members:
            manifest["members"][name] = {
                "bytes": len(members[name]),
                "sha256": hashlib.sha256(members[name]).hexdigest(),
            }
    set_manifest(members, manifest)
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(members.items())
        if name != "SHA256SUMS"
    ]
    members["SHA256SUMS"] = "".join(lines).encode()


def change_row(members, table, change):
    """Change the first row of a table."""
    name = f"tables/{table}.jsonl"
    first, _, rest = members[name].partition(b"\n")
    row = json.loads(first)
    change(row)
    members[name] = json.dumps(row).encode() + b"\n" + rest


def where(file, name):
    """Return where in the file the packed bytes of one member begin, and how many there are."""
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo(name)
    head = file.read_bytes()[info.header_offset : info.header_offset + 30]
    skipped = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return info.header_offset + skipped, info.compress_size


def flip(file, place, bit=0):
    """Flip one bit."""
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)

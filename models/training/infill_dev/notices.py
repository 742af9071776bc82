"""What the licences of the set's packages ask for: who is to be named, and their texts."""

from __future__ import annotations

from collections.abc import Iterable

from .build import Archive
from .licence_texts import texts_of
from .lock import Locked
from .overlap import HEAD

RULE = "=" * 100


def table(packages: Iterable[Locked]) -> str:
    """Markdown."""
    rows = ["| language | package | version | licence | files |", "| --- | --- | --- | --- | ---: |"]
    rows += [f"| {p.language} | {p.pin.name} | {p.pin.version} | {p.licence} | {len(p.files)} |" for p in packages if p.files]
    return "\n".join(rows) + "\n"


def texts(archives: Iterable[Archive]) -> str:
    """Every package with its copyright lines and its licence files as they are; a text that several have stands once."""
    out = ["infill-dev-six.jsonl.gz holds pieces of the packages below. Written by `python -m infill_dev build`; not by hand.\n"]
    first: dict[str, str] = {}
    for archive in archives:
        package, pin = archive.package, archive.package.pin
        if not package.files:
            continue
        out.append(f"{RULE}\n{pin.registry}: {pin.name} {pin.version}\nSPDX-License-Identifier: {package.licence}\n")
        out.append("".join(f"{line}\n" for line in package.copyright.split("; ")))
        licences, notices = texts_of(archive.everything.items())
        if not licences:
            head = next((found[0] for text in archive.chosen().values() if (found := HEAD.match(text))), "")
            out.append(f"The archive holds no licence file; the head of each file states the licence, as this one:\n\n{head.strip()}\n")
        for path, text in {**licences, **notices}.items():
            if (other := first.get(text)) is not None:
                out.append(f"--- {path}: the same text as {other}\n")
            else:
                first[text] = f"{pin.name}'s {path}"
                out.append(f"--- {path}\n\n{text.rstrip()}\n")
    return "\n".join(out)

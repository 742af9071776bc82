"""Makes the lock: fetches the packages, reads their licences, and chooses the files that holes may be cut in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from corpus import filters, secret_tokens
from corpus.archives import files_in
from corpus.errors import CorpusError, PackageGone
from corpus.judges import Judges
from corpus.packages import REGISTRIES, Wanted
from corpus.pin import Pin
from corpus.web import NotFound, Web

from .holes import LEAST_FILE_CHARS
from .licence_texts import copyright_in, licence_in_head, licence_of, names_another, texts_of
from .lock import Locked, gone
from .overlap import HEAD, copies, passages, seen_runs, share

#: of a file's runs, in the texts that a model was trained on: no more than idioms make
MOST_SEEN = 0.05
#: of a file's runs, in the files chosen before it
MOST_COPIED = 0.3
#: what the corpus's filters let pass: builds beside the sources, other people's packages under internal/, tests, comments alone
OTHERS = re.compile(r"(^|/)(dist[^/]*|internal/(testify|difflib|spew))/|(^|/)(tests?\.rs|package-info\.java)$", re.IGNORECASE)


@dataclass
class Choice:
    packages: list[Locked] = field(default_factory=list)
    #: why files went -> which, as PACKAGE/PATH
    left_out: dict[str, list[str]] = field(default_factory=dict)


def choose(wanted: Iterable[tuple[str, Wanted]], judges: Judges, seen: Callable[[], Iterable[str]], web: Web) -> Choice:
    """
    @param seen the texts that the models to be compared were trained on
    @raises CorpusError where a package is not there, or where its archive is damaged
    """
    choice = Choice()
    texts: dict[tuple[Pin, str], str] = {}
    for language, one in wanted:
        package, files = _package(language, one, judges, web, choice)
        texts |= {(package.pin, path): text for path, text in files.items()}
        choice.packages.append(package)
    named = {f"{pin.label}/{path}": text for (pin, path), text in sorted(texts.items())}
    found = seen_runs(named, seen())
    parts = {name: share(text, found) for name, text in named.items()}
    out = {name for name, part in parts.items() if part > MOST_SEEN}
    choice.left_out["in a corpus"] = [f"{name} ({parts[name]:.0%})" for name in sorted(out)]
    double = copies({name: text for name, text in named.items() if name not in out}, MOST_COPIED)
    choice.left_out["copy"] = double
    out.update(double)
    known = {name: found_there for name, text in named.items() if name not in out and (found_there := passages(text, found))}
    choice.packages = [_without(package, out, known) for package in choice.packages]
    return choice


def _package(language: str, one: Wanted, judges: Judges, web: Web, choice: Choice) -> tuple[Locked, dict[str, str]]:
    try:
        version, url = REGISTRIES[one.registry].find(web, one.name, one.version)
        archive = web.archive(url, None)
    except (PackageGone, NotFound) as error:
        raise gone(one.registry, one.name, one.version) from error
    pin = Pin(one.registry, one.name, version, url, sha256(archive.read_bytes()).hexdigest(), archive.stat().st_size)
    everything = list(files_in(archive, pin.label))
    licences, notices = texts_of(everything)
    licence = licence_of(licences)
    if licence is None and licences:
        raise CorpusError(f"{pin.label}: its licence files are not known to be permissive: read them, and name them in licence_texts.READ or leave it out")
    files: dict[str, str] = {}
    for path, data in everything:
        if filters.language(path) != language:
            continue
        text = filters.decoded(data)
        reason = "not UTF-8" if text is None else _reason(path, text, judges)
        if reason is None and (licence_in_head(text) is None if licence is None else names_another(text, licence)):
            reason = "licence"
        if reason is None:
            files[path] = text
        elif reason in ("a judge's", "secret", "licence"):
            choice.left_out.setdefault(reason, []).append(f"{pin.label}/{path}")
    heads = [head[0] for text in files.values() if (head := HEAD.match(text))]
    spoken = licence or " AND ".join(sorted({name for text in files.values() if (name := licence_in_head(text))}))
    owners = copyright_in([*licences.values(), *notices.values(), *heads])
    return Locked(language, pin, spoken, "; ".join(owners), {path: len(text) for path, text in files.items()}), files


def _reason(path: str, text: str, judges: Judges) -> str | None:
    if (reason := filters.by_path(path) or filters.by_text(text)) is not None:
        return reason
    if OTHERS.search(path):
        return "other"
    if len(text) < LEAST_FILE_CHARS:
        return "size"
    if judges.overlap(text):
        return "a judge's"
    return "secret" if secret_tokens.holds_secret(text) else None


def _without(package: Locked, out: set[str], known: Mapping[str, list[tuple[int, int]]]) -> Locked:
    label = package.pin.label
    files = {path: chars for path, chars in package.files.items() if f"{label}/{path}" not in out}
    return replace(package, files=files, closed={path: known[f"{label}/{path}"] for path in files if f"{label}/{path}" in known})

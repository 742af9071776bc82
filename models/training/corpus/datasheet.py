"""Writes what is in a corpus, for people (the questions are those of Gebru et al., Datasheets for Datasets, arXiv:1803.09010, as far as they touch code)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .build import Report
from .duplicates import SIMILAR
from .filters import SCRIPT
from .judges import MOST_SHARED, RUN
from .package_files import MOST_FILE_CHARS, MOST_PACKAGE_CHARS

#: what each reason for leaving a file out means
REASONS = {
    "a judge's": f"shares more than {MOST_SHARED} run of {RUN} words and signs with a problem that judges the model, or names HumanEval or MBPP",
    "compiled": "compiled from another file: by its folder, its text, or a TypeScript file of the same name",
    "data": "translations, tables, icons: by its folder or by what share of it are letters and digits",
    "duplicate": "the same as one that is in the corpus but for white space",
    "enough of this package": f"the package has given its {MOST_PACKAGE_CHARS / 1e6:.1f} million characters",
    "generated": "says that it is generated, or its name does",
    "licence": "of a package or folder with a licence file that is not permissive, not known or missing, or with a copyleft licence in its own head",
    "minified": "long lines",
    "near duplicate": f"nearly the same as one that is in the corpus: MinHash over runs of five words, similarity {SIMILAR}",
    "not UTF-8": "no text",
    "secret": "holds a token or key (detect-secrets)",
    "share of the language": "there was too much of its language",
    "size": "very short or very long",
    "tests": "tests, fixtures, benchmarks",
    "vendored": "another project's, copied in",
}


def datasheet(report: Report) -> str:
    """Markdown."""
    used = [package for package in report.packages if package["files"]]
    packages_of, files_of, size_of, licences = Counter(), Counter(), Counter(), Counter()
    for package in used:
        registry = str(package["registry"])
        packages_of[registry] += 1
        files_of[registry] += int(package["files"])  # type: ignore[call-overload]
        size_of[registry] += int(package["size"])  # type: ignore[call-overload]
        licences[" AND ".join(package["licences"])] += 1  # type: ignore[arg-type]
    script, python = (sum(counts["size"] for name, counts in report.languages.items() if name in group) for group in (SCRIPT, {"python"}))
    languages = ((name, f"{counts['files']:,}", _megabytes(counts["size"]), _percent(counts["size"], report.size)) for name, counts in report.languages.items())
    return "\n".join(
        [
            "<!-- Written by `python -m corpus build --record`, not by hand. -->",
            "",
            "# Datasheet of the training corpus",
            "",
            f"{report.files:,} files, {_megabytes(report.size)} MB of source code, of {len(used):,} packages. sha256 of corpus.jsonl: `{report.sha256}`.",
            "",
            "**Why it was made.** To teach a small coder to fill in the middle of a file, as Unmask's extension asks for it.",
            "",
            "**What is in it.** Files as people wrote them, from packages that registries publish, each pinned in corpus.lock.json by version and hash; TypeScript also out",
            f"of the source maps that packages carry. Of a package at most {MOST_PACKAGE_CHARS / 1e6:.1f} million characters; of a file of more than {MOST_FILE_CHARS:,} a window.",
            f"TypeScript and JavaScript are {_percent(script, report.size)} % of the text, Python {_percent(python, report.size)} %.",
            "",
            *_table(("language", "files", "MB", "%"), languages),
            "",
            *_table(
                ("registry", "packages", "files", "MB"),
                ((name, f"{count:,}", f"{files_of[name]:,}", _megabytes(size_of[name])) for name, count in packages_of.most_common()),
            ),
            "",
            "**Licences.** Permissive ones only, by the text of each package's licence files; a package where one of these is anything else or unknown, or that has none, is left",
            "out whole, whatever its registry's field says.",
            "",
            *_table(("licence", "packages"), ((name, f"{count:,}") for name, count in licences.most_common())),
            "",
            "**What was left out**, by files. The first rule that holds counts, in the order of their cost; so one more filter would find less than its number says.",
            "",
            *_table(("reason", "files", "what it is"), ((name, f"{count:,}", REASONS[name]) for name, count in Counter(report.left_out).most_common())),
            "",
            "The packages that the judging sets are made from are in no version in it: `leave_out` in packages.toml names them.",
            "",
            f"**Packages that gave nothing:** {len(report.packages) - len(used):,} of {len(report.packages):,} that are pinned: their licence, or they publish no sources.",
            "",
            "**People in it.** Names and addresses stand in copyright lines and in comments, as their authors published them.",
            "",
            *(["**Vanished since it was pinned:** " + ", ".join(report.missing), ""] if report.missing else []),
        ]
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    line = ["---" if name in ("language", "registry", "licence", "reason", "what it is") else "---:" for name in head]
    return [f"| {' | '.join(row)} |" for row in (head, line, *rows)]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"


def _percent(part: int, total: int) -> str:
    return f"{100 * part / max(1, total):.1f}"

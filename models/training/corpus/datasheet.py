"""Writes what is in a corpus, for people (the questions are those of Gebru et al., Datasheets for Datasets, arXiv:1803.09010, as far as they touch code)."""

from __future__ import annotations

from .build import Report


def datasheet(report: Report) -> str:
    """Markdown."""
    total = report.chars
    languages = [
        f"| {name} | {counts['files']:,} | {counts['chars'] / 1e6:.1f} | {100 * counts['chars'] / total:.1f} |" for name, counts in report.languages.items()
    ]
    used = [package for package in report.packages if package["files"]]
    registries: dict[str, list[dict]] = {}
    licences: dict[str, int] = {}
    for package in used:
        registries.setdefault(str(package["registry"]), []).append(package)
        key = " AND ".join(package["licences"])  # type: ignore[arg-type]
        licences[key] = licences.get(key, 0) + 1
    by_registry = [f"| {name} | {len(packages)} | {sum(int(package['files']) for package in packages):,} |" for name, packages in sorted(registries.items())]
    by_licence = [f"| {name} | {count} |" for name, count in sorted(licences.items(), key=lambda item: -item[1])]
    reasons = [f"| {reason} | {count:,} |" for reason, count in sorted(report.left_out.items(), key=lambda item: -item[1])]
    return "\n".join(
        [
            "# Datasheet of the training corpus",
            "",
            "Written by `python -m corpus build`; not by hand.",
            "",
            f"{report.files:,} files, {total / 1e6:.0f} million characters of source code, of {len(used)} packages. sha256 of corpus.jsonl: `{report.sha256}`.",
            "",
            "**Why it was made.** To teach a small coder to fill in the middle of a file, as Unmask's extension asks for it.",
            "",
            "**What is in it.** Files as people wrote them, from packages that registries publish, each pinned in corpus.lock.json by version and hash. Of a package at",
            "most 1.5 million characters, of a file at most 50,000.",
            "",
            "| language | files | million characters | % |\n| --- | ---: | ---: | ---: |",
            *languages,
            "",
            "| registry | packages | files |\n| --- | ---: | ---: |",
            *by_registry,
            "",
            "**Licences.** Permissive ones only, by the text of each package's licence files; a package where one of these is anything else, or unknown, is left out whole.",
            "",
            "| licence | packages |\n| --- | ---: |",
            *by_licence,
            "",
            "**What was left out**, by files: compiled, minified, generated and vendored code, tests and fixtures, data; duplicates, exact and near (MinHash, similarity 0.8); files with",
            "secrets; files that share two runs of 13 words with a problem that judges the model, or that name HumanEval or MBPP. The packages that the judging sets are made from are in no version in it.",
            "",
            "| reason | files |\n| --- | ---: |",
            *reasons,
            "",
            "**People in it.** Names and addresses stand in copyright lines and in comments, as their authors published them.",
            "",
            *(["**Vanished since it was pinned:** " + ", ".join(report.missing), ""] if report.missing else []),
        ]
    )

"""What can go wrong, in words that say what to do."""


class CorpusError(Exception):
    """Something outside the program: a package that vanished, a full disk, a broken line. Its text is for whoever runs the build."""


class PackageGone(CorpusError):
    """A registry has no such package, or no such version of it."""

    def __init__(self, registry: str, name: str, version: str | None = None) -> None:
        what = name if version is None else f"{name} {version}"
        super().__init__(f"{registry} has no {what} (any more): take it out of packages.toml and run `corpus lock`, or build without it with --skip-missing")

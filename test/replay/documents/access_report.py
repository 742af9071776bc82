"""Summarises web server logs: who asked for what, how often it failed, how long it took."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Iterable, Iterator

LINE = re.compile(
    r'(?P<host>\S+) \S+ \S+ \[(?P<time>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>\S+)[^"]*" (?P<status>\d{3}) (?P<size>\d+|-) (?P<ms>\d+)'
)
TIME_FORMAT = "%d/%b/%Y:%H:%M:%S %z"


@dataclass(frozen=True)
class Request:
    host: str
    time: datetime
    method: str
    path: str
    status: int
    size: int
    milliseconds: int

    @property
    def failed(self) -> bool:
        return self.status >= 500


def parse_line(line: str) -> Request | None:
    """One line of the log; None where it is something else."""
    match = LINE.match(line)
    if match is None:
        return None
    size = match["size"]
    return Request(
        host=match["host"],
        time=datetime.strptime(match["time"], TIME_FORMAT),
        method=match["method"],
        path=match["path"],
        status=int(match["status"]),
        size=0 if size == "-" else int(size),
        milliseconds=int(match["ms"]),
    )


def read_requests(file: Path) -> Iterator[Request]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            request = parse_line(line)
            if request is not None:
                yield request


def percentile(values: list[int], share: float) -> int:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


# summaries


def print_report(requests: Iterable[Request]) -> None:
    requests = list(requests)
    print(f"{len(requests)} requests, {sum(request.failed for request in requests)} failed")

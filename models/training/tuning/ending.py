from __future__ import annotations

import signal


class Ending:
    """SIGINT and SIGTERM ask for an orderly end after the step that runs; a second one ends at once."""

    asked = False

    def __enter__(self) -> None:
        self.before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}

    def _ask(self, number: int, _: object) -> None:
        self.asked = True
        signal.signal(number, self.before[number])

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

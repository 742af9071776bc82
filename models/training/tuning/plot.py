from __future__ import annotations

from pathlib import Path

from coder.errors import TrainingError
from coder.replace_file import replace_file

from .run_log import read_log

JUDGED = ("next", "end", "plain", "draft1", "draft2")


def plot(states: list[Path], out: Path) -> None:
    """Loss while training and on held-out files, by hours trained, one line a run. Raises TrainingError where a run has no log."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2 + len(JUDGED), figsize=(4 * (2 + len(JUDGED)), 3.6), layout="constrained")
    for state in states:
        entries = read_log(state / "log.jsonl")
        if not entries:
            raise TrainingError(f"{state} has no log yet")
        steps, judged = [entry for entry in entries if "next" in entry], [entry for entry in entries if "judged" in entry]
        for axis, name in zip(axes, ("next", "soft"), strict=False):
            axis.plot([entry["seconds"] / 3600 for entry in steps], [entry.get(name) for entry in steps], label=state.name)
            axis.set_title(f"training: {name}")
        for axis, name in zip(axes[2:], JUDGED, strict=True):
            points = [entry for entry in judged if name in entry["judged"]]
            axis.plot([entry["seconds"] / 3600 for entry in points], [entry["judged"][name][0] for entry in points], "o-", label=state.name)
            axis.set_title(f"held-out files: {name}")
    for axis in axes:
        axis.set_xlabel("hours")
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("nats a token")
    axes[0].legend()
    replace_file(out, lambda part: figure.savefig(part, format="svg", metadata={"Date": None}))
    pyplot.close(figure)

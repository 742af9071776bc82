from __future__ import annotations

import statistics
import time
from pathlib import Path

from torch import Tensor

WARM, TIMES = 5, 40


def measure(file: Path, inputs: dict[str, Tensor], threads: int = 2) -> float:
    """ms a pass, the median of `TIMES`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    feeds = {name: value.numpy() for name, value in inputs.items()}
    took = []
    for at in range(WARM + TIMES):
        began = time.perf_counter()
        session.run(None, feeds)
        if at >= WARM:
            took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)

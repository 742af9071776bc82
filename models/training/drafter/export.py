"""A draft's pass as ONNX, as an engine would run it between two passes of the coder: it takes in the hidden states of the tokens that were verified since, and drafts one block."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coder.errors import TrainingError
from coder.network import Coder

from .network import Drafter

INPUTS, OUTPUTS = ("ids", "masked", "tapped", "past_keys", "past_values"), ("tokens", "sure", "keys", "values")


class DraftPass(nn.Module):
    """Letters: B cells, n new features, P cached ones, K taps, V tokens kept. float32."""

    def __init__(self, coder: Coder, drafter: Drafter) -> None:
        super().__init__()
        self.drafter = drafter
        self.head = nn.Parameter(coder.head.float(), requires_grad=False)

    def forward(self, ids: Tensor, masked: Tensor, tapped: Tensor, past_keys: Tensor, past_values: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """ids [B] (the known token, then cells), masked [B] bool, tapped [n, K*W], past_keys and past_values [layers,P,G,D]
        -> tokens [B-1], their probabilities [B-1], keys and values [layers,P+n,G,D]"""
        drafter, seen = self.drafter, past_keys.shape[1]
        features, positions = drafter.features([tapped]), seen + torch.arange(tapped.shape[0])
        new = [drafter.keys_values(i, features, positions) for i in range(drafter.shape.layers)]
        past = [(torch.cat([past_keys[i], k]), torch.cat([past_values[i], v])) for i, (k, v) in enumerate(new)]
        anchor = (torch.zeros(1, 1, dtype=torch.long) + seen) + tapped.shape[0] - 1
        normed = drafter.draft(ids[None, None], masked[None, None], anchor, [(k[None], v[None]) for k, v in past], self.head)
        sure, tokens = F.linear(normed[0, 0, 1:], self.head).softmax(-1).max(-1)
        return tokens, sure, torch.stack([k for k, _ in past]), torch.stack([v for _, v in past])


def example_inputs(drafter: Drafter, block: int, new: int, cached: int) -> dict[str, Tensor]:
    """Made up, the same each time."""
    shape, draw = drafter.coder_shape, torch.Generator().manual_seed(0)
    past = (drafter.shape.layers, cached, shape.groups, shape.head_size)
    masked = torch.arange(block) > 0
    return {
        "ids": torch.randint(shape.tokens, (block,), generator=draw),
        "masked": masked,
        "tapped": torch.randn(new, len(drafter.shape.taps) * shape.width, generator=draw),
        "past_keys": torch.randn(past, generator=draw),
        "past_values": torch.randn(past, generator=draw),
    }


def export(coder: Coder, drafter: Drafter, folder: Path) -> dict[str, Path]:
    """Writes float32 and int8 (weights per output, activations per tensor, by onnxruntime's own quantiser) -> their files. Raises TrainingError where onnx is not installed."""
    try:
        import onnxscript  # noqa: F401 (torch's exporter needs it and says so less plainly)
        from onnxruntime.quantization import QuantType, quantize_dynamic
    except ImportError as error:
        raise TrainingError(f"the export needs onnx, onnxscript and onnxruntime ({error}): pip install onnx onnxscript onnxruntime") from error
    folder.mkdir(parents=True, exist_ok=True)
    plain, rounded = folder / "drafter-float32.onnx", folder / "drafter-int8.onnx"
    drafter, was = drafter.float(), drafter.dtype
    drafter.dtype = torch.float32
    inputs = example_inputs(drafter, drafter.shape.block, 3, 5)
    dim = torch.export.Dim
    cells, new, cached = dim("cells", min=2), dim("new"), dim("cached")
    shapes = {"ids": {0: cells}, "masked": {0: cells}, "tapped": {0: new}, "past_keys": {1: cached}, "past_values": {1: cached}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            DraftPass(coder, drafter), (), kwargs=inputs, input_names=INPUTS, output_names=OUTPUTS, dynamic_shapes=shapes, dynamo=True, verbose=False
        )
        program.save(plain, external_data=True)
        quantize_dynamic(plain, rounded, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8, use_external_data_format=True)
    drafter.dtype = was
    return {"float32": plain, "int8": rounded}

"""A sibling as the extension reads a base: one GGUF with its own, pruned tokenizer. Matrices are Q8_0; the head is the embedding (there is no output.weight)."""

from __future__ import annotations

import json
from pathlib import Path

from canvas.kept_tokens import SPECIAL, pair
from canvas.vocabulary import Vocabulary
from coder.base_weights import BaseWeights
from coder.replace_file import replace_file
from export.gguf_tensors import add_tensors, write_all
from export.hugging_face import CONTEXT

NORMAL, CONTROL = 1, 3
"""`enum llama_token_type`"""


def write_gguf(file: Path, base: BaseWeights, vocabulary: Vocabulary, name: str) -> None:
    import gguf

    shape = base.shape
    tokens, merges = tokens_and_merges(vocabulary)
    special = set(SPECIAL)

    def write(part: Path) -> None:
        writer = gguf.GGUFWriter(part, "qwen2")
        writer.add_name(name)
        writer.add_block_count(shape.layers)
        writer.add_context_length(CONTEXT)
        writer.add_embedding_length(shape.width)
        writer.add_feed_forward_length(shape.feed_forward)
        writer.add_head_count(shape.heads)
        writer.add_head_count_kv(shape.groups)
        writer.add_rope_freq_base(shape.rope_theta)
        writer.add_layer_norm_rms_eps(shape.epsilon)
        writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("qwen2")
        writer.add_token_list(tokens)
        writer.add_token_types([CONTROL if token in special else NORMAL for token in vocabulary.keep])
        writer.add_token_merges(merges)
        writer.add_eos_token_id(vocabulary.end)
        writer.add_add_bos_token(False)
        add_tensors(writer, base)
        write_all(writer)

    replace_file(file, write)


def tokens_and_merges(vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Tokens by their new ids, and the merges among them."""
    model = json.loads(vocabulary.tokenizer.to_str())["model"]
    words = {place: word for word, place in model["vocab"].items()}
    return [words[place] for place in range(len(vocabulary.keep))], [" ".join(pair(merge)) for merge in model["merges"]]

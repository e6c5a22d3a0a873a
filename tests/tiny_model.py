"""A language model of random weights, a megabyte in size, for llama.cpp's own server: its words are noise, its
protocol is not.

It is a llama of two layers over a byte-level vocabulary of 256 bytes and some merges learned from a Japanese text.
One embedding dimension is the same for all tokens, so that the output layer has a bias there: brackets and quotes
are likely, so that strings end soon; pieces of characters are out of the question, unless `clean` is false, when
some answers are what the server's own parser cannot read.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

TEXT = """
議長：それでは、定刻となりましたので会議を始めます。本日の議題は、地域交通の見直しについてです。事務局から説明をお願いします。
事務局：資料一に基づき、バス路線の再編と予約制の乗合車両の試行について御説明します。利用者数は昨年度に比べて増えております。
委員：試行の費用はどの程度を見込んでいるのか、また、いつから始めるのかを教えていただきたい。
事務局：費用は年間およそ二千万円、開始は来年四月を予定しております。
{"summary": "", "points": [], "pairs": [], "question": "", "answers": [], "turns": ["s1t1"], "quote": ""}
"""
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WIDTH, LAYERS, HEADS, INNER, MERGES = 64, 2, 4, 128, 160
CONSTANT = 8.0


def build(path: Path, clean: bool = True) -> Path:
    """Write the model to a file and return its path; always the same bytes."""
    import gguf
    import numpy

    merges = _learn_merges()
    pieces = list(dict.fromkeys([*(bytes([byte]) for byte in range(256)), *(left + right for left, right in merges)]))
    size = len(pieces) + len(SPECIAL)
    writer: Any = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(size)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([*map(_spelled, pieces), *SPECIAL])
    writer.add_token_types([gguf.TokenType.NORMAL] * len(pieces) + [gguf.TokenType.CONTROL] * len(SPECIAL))
    writer.add_token_merges([f"{_spelled(left)} {_spelled(right)}" for left, right in merges])
    writer.add_bos_token_id(size - 3)
    writer.add_eos_token_id(size - 1)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    random = numpy.random.default_rng(2026)
    for name, weights in _weights(random, [_liking(piece, clean) for piece in pieces] + [-60.0, -60.0, 4.0]).items():
        writer.add_tensor(name, weights.astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _weights(random: Any, likings: list[float]) -> dict[str, Any]:
    """Return all tensors; nothing writes to dimension 0, which stays the same from the embedding to the output."""
    import numpy

    def normal(rows: int, columns: int, scale: float) -> Any:
        return random.normal(0.0, scale / columns**0.5, (rows, columns))

    embedding = random.normal(0.0, 1.0, (len(likings), WIDTH))
    embedding[:, 0] = CONSTANT
    output = normal(len(likings), WIDTH, 2.0)
    output[:, 0] = numpy.array(likings) * ((CONSTANT**2 / WIDTH + 1) ** 0.5 / CONSTANT)
    ones = numpy.ones(WIDTH)
    tensors = {"token_embd.weight": embedding, "output_norm.weight": ones, "output.weight": output}
    for layer in range(LAYERS):
        block = {f"attn_{name}": normal(WIDTH, WIDTH, 1.0) for name in ("q", "k", "v", "output")}
        block |= {"ffn_gate": normal(INNER, WIDTH, 1.0), "ffn_up": normal(INNER, WIDTH, 1.0)}
        block |= {"ffn_down": normal(WIDTH, INNER, 1.0), "attn_norm": ones, "ffn_norm": ones}
        for name in ("attn_output", "ffn_down"):
            block[name][0] = 0.0
        tensors |= {f"blk.{layer}.{name}.weight": weights for name, weights in block.items()}
    return tensors


def _liking(piece: bytes, clean: bool) -> float:
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return -60.0 if clean else 0.0
    if any(character < " " or character == "\x7f" for character in text):
        return -60.0 if clean else 0.0
    return 4.0 if text in ('"', "]", "}", ",") else 0.0


def _learn_merges() -> list[tuple[bytes, bytes]]:
    """Return the pairs that stand side by side most often, merged one after the other."""
    pieces = [bytes([byte]) for byte in TEXT.encode()]
    merges: list[tuple[bytes, bytes]] = []
    for _ in range(MERGES):
        neighbours = zip(pieces, pieces[1:], strict=False)
        counts = Counter((left, right) for left, right in neighbours if len(left + right) <= 12)
        pair = max(counts, key=lambda pair: (counts[pair], pair))
        merges.append(pair)
        merged: list[bytes] = []
        for piece in pieces:
            if merged and (merged[-1], piece) == pair:
                merged[-1] += piece
            else:
                merged.append(piece)
        pieces = merged
    return merges


def _spelled(piece: bytes) -> str:
    """Return bytes as GPT-2's vocabulary spells them: printable ones as they are, others from U+0100 on."""
    return "".join(_BYTES[byte] for byte in piece)


_PRINTABLE = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
_OTHERS = [byte for byte in range(256) if byte not in _PRINTABLE]
_BYTES = {byte: chr(byte) for byte in _PRINTABLE} | {byte: chr(256 + n) for n, byte in enumerate(_OTHERS)}

"""langextract asked for the same pairs: questions and answers with speaker and topic, on its OpenAI provider.

It cuts by characters (1,000 by default) and keeps quotations; it makes no summaries and no overview.
"""

import json
import os
from pathlib import Path

import langextract as lx

PROMPT = """会議の議事録から、質問と答弁を順に抽出する。
抽出文は原文からそのまま写し、言い換えない。speaker に発言者、topic に20字以内の主題を入れる。"""
EXAMPLE = lx.data.ExampleData(
    text="田浦委員）\n更新の時期はいつか。\n\n施設課長）\n来年度を予定している。",
    extractions=[
        lx.data.Extraction(
            "question", "更新の時期はいつか。", attributes={"speaker": "田浦委員", "topic": "更新時期"}
        ),
        lx.data.Extraction(
            "answer", "来年度を予定している。", attributes={"speaker": "施設課長", "topic": "更新時期"}
        ),
    ],
)


def main(file: str, url: str, concurrency: str) -> str:
    """Return what was extracted, and whether it was found in the text, as JSON."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    made = lx.extract(
        Path(file).read_text("utf-8"),
        prompt_description=PROMPT,
        examples=[EXAMPLE],
        config=lx.factory.ModelConfig(
            model_id="gpt-4o-mini",
            provider_kwargs={"base_url": url, "api_key": "none", "max_workers": int(concurrency)},
        ),
        max_workers=int(concurrency),
        batch_length=int(concurrency),
        show_progress=False,
        tokenizer=lx.tokenizer.UnicodeTokenizer() if os.environ.get("CJK") else None,
    )
    found = [
        (each.extraction_class, each.extraction_text, each.char_interval is not None) for each in made.extractions
    ]
    return json.dumps(found, ensure_ascii=False)

"""The words that code itself writes in Japanese: headings and labels of a digest, findings, failures."""

import datetime as dt

SENTENCE_GAP = ""
LIST_GAP = "、"
WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")

TIMES = "{start}～{end}"
COUNTED = "{group}（{count}）"

WORDS = {
    "digest": "要旨",
    "date": "日時",
    "place": "場所",
    "attendees": "出席者",
    "materials": "配付資料",
    "made-by": "作成",
    "source": "原文",
    "overview": "概要",
    "contents": "目次",
    "summary": "要約",
    "points": "要点",
    "pairs": "質疑応答",
    "question": "問",
    "answer": "答",
    "no-answer": "答えの記載なし",
    "open": "答えのなかった部分",
    "comments": "意見・情報提供",
    "unanswered": "答えのなかった問い",
    "findings": "注意して読むべき点",
    "ledger": "発言の台帳",
    "turn": "発言",
    "speaker": "発言者",
    "outcome": "扱い",
    "no-speaker": "（発言者の記載なし）",
    "unverified": "未確認",
    "failed": "この議題は要約できなかった",
    "empty": "発言の記録なし",
    "untitled": "（議題名なし）",
    "untitled-meeting": "（会議名なし）",
    "provenance": "作成の記録",
}

MADE_BY = {
    "extractive": "規則による抜粋（言語モデルは使っていない）",
    "openai": "言語モデル {model} による要約。引用・発言者・件数は機械が原文と照合した",
    "replay": "言語モデル {model} による要約（記録された回答を再生）。引用・発言者・件数は機械が原文と照合した",
    "files": "言語モデル {model} による要約（ファイルで受け取った回答）。引用・発言者・件数は機械が原文と照合した",
}
TRANSLATED = "会議の記録の要旨を言語モデル {translator} で翻訳したもの。記録と引用は{language}である。"
LABEL = "{main}（{rest}）"
SEVERAL = "{}"
LANGUAGE_NAMES = {"ja": "日本語", "en": "英語", "zh": "中国語"}

OUTCOMES = {
    "pair": "質疑応答",
    "comment": "意見",
    "summarised": "要約・要点",
    "procedural": "進行",
    "unaccounted": "どこにも反映されていない",
}
COVERAGE = "全{turns}発言のうち{covered}を反映、進行{procedural}、反映なし{unaccounted}。"
USAGE = "依頼{requests}回、入力{prompt_tokens}・出力{completion_tokens}トークン。"

FAILURES = {
    "length": "回答が途中で切れ、これ以上分けられない",
    "overflow": "モデルの読める長さを超え、これ以上分けられない",
    "refusal": "モデルが回答を拒んだ",
    "filter": "提供者のフィルターが回答を止めた",
    "failed": "接続先が回答を返さない",
    "unreadable": "求めた形の回答が得られない",
}

FINDINGS = {
    "section-failed": "この議題は要約できなかった: {reason}",
    "overview-failed": "概要は作れなかった: {reason}",
    "weekday-mismatch": "{date}の曜日は（{actual}）だが、原文には（{printed}）とある",
    "speaker-not-in-roster": "「{speaker}」は発言しているが、出席者名簿にない",
    "no-labels": "発言者の表示が見つからない。発言は発言者を示さずに扱った",
    "low-confidence-grammar": "発言者の表示の形式（{grammar}）に確信が持てない（確度{confidence}）",
    "joined-lines-lost": "改行が失われた本文を、発言者の表示{labels}か所で分け直した",
    "encoding-uncertain": "文字コードは{encoding}とみたが、確かでない（ほかの可能性: {alternatives}）",
    "encoding-misdeclared": "文字コードは{declared}とあるが、{encoding}として読んだ",
    "page-without-text": "文字のないページがある（{pages}）。画像であれば読めていない",
    "characters-unexplained": "読み取れない文字が{count}字ある（ページ{pages}）",
    "automatic-numbers": "自動で付く番号が{paragraphs}段落にあり、本文に含まれていない",
    "question-without-pair": "{speaker}の問い「{question}」が質疑に入っていない（{turn}）",
    "turn-uncited": "{speaker}の発言（{characters}字）がどこにも使われていない（{turn}）",
    "answer-before-question": "答え{answer}が問い{question}より前にある",
    "parts-unanswered": "問いのうち「{question}」に答えが触れていないようだが、答えのなかった部分に挙がっていない",
    "section-missing": "議題「{heading}」が要旨にない",
    "unknown-section": "原文に「{section}」という議題はない",
    "reads-like-other-turn": "内容は、根拠とした発言よりも{turn}に近い",
    "unknown-turn": "「{turn}」という発言はない",
    "quote-not-found": "引用「{quote}」は発言{turn}にない",
    "unverified": "根拠となる引用が原文で確認できない",
    "figure-unsupported": "「{figure}」は根拠とした発言にない",
    "figure-hedge": "「{figure}」は「約」「程度」などの留保が原文の「{nearest}」と異なる",
    "name-unknown": "「{name}」は原文のどこにもない",
    "wording-changed": "「{stated}」は、原文「{source}」と言い切り方や否定が変わったおそれがある（確度{sure}）",
    "wrong-speaker": "「{speaker}」はこの発言の発言者ではない",
    "quote-moved": "引用「{quote}」が、示された位置にない（{turn}）",
    "wrong-language": "{language}で書かれていない",
    "translation-failed": "この部分は翻訳できず、元の言語のままである: {reason}",
    "translation-missing": "翻訳されず、元の言語のままである",
    "translation-doubled": "翻訳が二つ以上返された（最初のものを示す）",
    "translation-foreign": "原文にない「{id}」が翻訳にあった（除いた）",
    "translation-left-over": "「{text}」が翻訳されていない",
    "translation-sentences": "原文は{original}文だが、翻訳は{translation}文である",
    "translation-figure": "「{figure}」は原文と異なる（近いもの:「{nearest}」）",
    "translation-figure-lost": "原文の数字「{figure}」がない",
    "translation-name": "「{name}」の表記は「{spelling}」とする",
    "translation-term": "「{term}」の訳は「{translation}」とする",
    "translation-latin": "原文の「{term}」がない",
    "translation-negation": "否定が失われたか加わった疑いがある",
    "translation-mood": "原文の確かさ・強さ（{mood}）が失われた疑いがある",
    "reading-unconfirmed": "次の名前の読みは確認されていない（おそらく正しい）: {names}",
    "reading-guessed": "次の名前の読みは推測である: {names}",
    "readings-failed": "名前の読みを定められなかった: {reason}",
    "label-untranslated": "発言者「{label}」の「{part}」が翻訳されていない",
    "name-two-ways": "「{name}」の表記が二通りある（{one}、{other}）",
}


def date(day: dt.date) -> str:
    """Return a date as Japanese writes it: 2024年3月13日（水）."""
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"

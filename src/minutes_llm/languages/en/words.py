"""The words that code itself writes in English: headings and labels of a digest, findings, failures."""

import datetime as dt

SENTENCE_GAP = " "
LIST_GAP = ", "
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TIMES = "{start}–{end}"
COUNTED = "{group} ({count})"

WORDS = {
    "digest": "Digest",
    "date": "Date",
    "place": "Place",
    "attendees": "Attendees",
    "materials": "Materials",
    "made-by": "Made by",
    "source": "Source",
    "overview": "Overview",
    "contents": "Contents",
    "summary": "Summary",
    "points": "Key points",
    "pairs": "Questions and answers",
    "question": "Q",
    "answer": "A",
    "no-answer": "No answer is recorded",
    "open": "Left unanswered",
    "comments": "Comments",
    "unanswered": "Questions without an answer",
    "findings": "Read with care",
    "ledger": "Ledger of turns",
    "turn": "Turn",
    "speaker": "Speaker",
    "outcome": "Went into",
    "no-speaker": "(no speaker given)",
    "unverified": "unverified",
    "failed": "This item could not be digested",
    "empty": "No speech is recorded",
    "untitled": "(no heading)",
    "untitled-meeting": "(untitled meeting)",
    "provenance": "How this was made",
}

MADE_BY = {
    "extractive": "rule-based extracts; no language model was used",
    "openai": "the language model {model}; code checked quotations, speakers and counts against the source",
    "replay": "the language model {model}, replayed from recorded answers; "
    "code checked quotations, speakers and counts against the source",
    "files": "the language model {model}, its answers read from files; "
    "code checked quotations, speakers and counts against the source",
}
TRANSLATED = (
    "This is a translation, made by the language model {translator}, of a digest of the minutes of a meeting; "
    "the minutes and everything quoted from them are in {language}."
)
LABEL = "{main} ({rest})"
SEVERAL = "{}s"
LANGUAGE_NAMES = {"ja": "Japanese", "en": "English", "zh": "Chinese"}

OUTCOMES = {
    "pair": "question or answer",
    "comment": "comment",
    "summarised": "summary or key points",
    "procedural": "procedure",
    "unaccounted": "nothing",
}
COVERAGE = "Of {turns} turns {covered} are in the digest, {procedural} are procedure, {unaccounted} are not in it."
USAGE = "{requests} requests, {prompt_tokens} prompt and {completion_tokens} completion tokens."

FAILURES = {
    "length": "the answer was cut and the text cannot be split further",
    "overflow": "the text exceeds the model's window and cannot be split further",
    "refusal": "the model refused",
    "filter": "the provider's filter withheld the answer",
    "failed": "the endpoint gave no answer",
    "unreadable": "no answer in the form asked for",
}

FINDINGS = {
    "section-failed": "this item could not be digested: {reason}",
    "overview-failed": "no overview could be made: {reason}",
    "weekday-mismatch": "{date} was a {actual}; the source says {printed}",
    "speaker-not-in-roster": "“{speaker}” speaks but is not on the list of attendees",
    "no-labels": "no speaker labels were found; speech is kept without a speaker",
    "low-confidence-grammar": "speaker labels were read as “{grammar}”, which is not certain ({confidence} sure)",
    "joined-lines-lost": "line breaks were lost in the text; it was split again at {labels} speaker labels",
    "encoding-uncertain": "the text was read as {encoding}, which is not certain (it could be: {alternatives})",
    "encoding-misdeclared": "the text says that it is {declared}; it was read as {encoding}",
    "page-without-text": "pages without text ({pages}); what is only a picture was not read",
    "characters-unexplained": "{count} characters could not be read (pages {pages})",
    "automatic-numbers": "{paragraphs} paragraphs have automatic numbers, which are not part of the text",
    "question-without-pair": "no pair has the question “{question}” of {speaker} ({turn})",
    "turn-uncited": "nothing rests on the turn of {speaker} ({turn}, {characters} characters)",
    "answer-before-question": "the answer {answer} stands before its question {question}",
    "parts-unanswered": "no answer seems to touch “{question}”, and it is not listed as left open",
    "section-missing": "the agenda item “{heading}” is not in the digest",
    "unknown-section": "the source has no agenda item “{section}”",
    "reads-like-other-turn": "this reads like turn {turn} rather than the turns it cites",
    "unknown-turn": "there is no turn “{turn}”",
    "quote-not-found": "the quotation “{quote}” does not stand in turn {turn}",
    "unverified": "no quotation from the source was found to bear this out",
    "figure-unsupported": "“{figure}” is not in the turns cited",
    "figure-hedge": "“{figure}” gained or lost a hedge; the source has “{nearest}”",
    "name-unknown": "“{name}” is nowhere in the source",
    "wording-changed": "“{stated}” may be firmer than the source, or deny what it says: “{source}” ({sure} sure)",
    "wrong-speaker": "“{speaker}” did not speak this turn",
    "quote-moved": "the quotation “{quote}” does not stand where it is said to ({turn})",
    "wrong-language": "not written in {language}",
    "translation-failed": "this part could not be translated and stands in the original's language: {reason}",
    "translation-missing": "this was not translated and stands in the original's language",
    "translation-doubled": "the translation gave this more than once; the first is shown",
    "translation-foreign": "the translation gave “{id}”, which the original does not have; it is left out",
    "translation-left-over": "“{text}” is not translated",
    "translation-sentences": "the original has {original} sentences here, the translation {translation}",
    "translation-figure": "“{figure}” is not what the original says (nearest: “{nearest}”)",
    "translation-figure-lost": "the figure “{figure}” of the original is missing",
    "translation-name": "“{name}” is to be spelled “{spelling}”",
    "translation-term": "“{term}” is to be rendered as “{translation}”",
    "translation-latin": "“{term}” of the original is missing",
    "translation-negation": "a negation may have been lost or added",
    "translation-mood": "how sure or binding the original is ({mood}) may have been lost",
    "reading-unconfirmed": "nobody has confirmed how these names are read; the spelling is likely: {names}",
    "reading-guessed": "how these names are read is a guess: {names}",
    "readings-failed": "the readings of names could not be settled: {reason}",
    "label-untranslated": "“{part}” in the label “{label}” is not translated",
    "name-two-ways": "“{name}” is spelled in two ways, {one} and {other}",
}


def date(day: dt.date) -> str:
    """Return a date as English writes it: Wednesday, 13 March 2024."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"

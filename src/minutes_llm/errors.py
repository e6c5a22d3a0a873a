"""What can stop a run, as a tree split by whose side it is on.

MinutesError                       exit code
├── InputError                     2   the caller's file, option, prompt or glossary
│   ├── SourceError                    a file that cannot be read as text
│   ├── NoMinutes                      a text in which no minutes were found
│   ├── PromptError                    a prompt or schema that cannot be used
│   └── DigestError                    a digest, gold or glossary that is not in our shape
├── AnswerError                    3   the model's side
│   ├── AccessRefused                  no key, key refused, unknown model: asking on is useless
│   ├── EndpointDown                   no connection, or still failing after every allowed retry
│   ├── BudgetReached                  the cost or token limit the caller set
│   └── RecordingMissing               replay was asked for and no recording answers
└── AnswersAwaited                 4   requests are written out, their answers are not there yet

What is wrong with the *content* of minutes or of a digest is never an exception: it is a `Finding`.
"""


class MinutesError(Exception):
    """Base of everything this package raises on purpose; its text is one line for a person."""

    exit_code = 2


class InputError(MinutesError):
    """The caller's side: an option, a file, a prompt or a glossary."""


class SourceError(InputError):
    """A file that cannot be read as text."""


class NoMinutes(InputError):
    """A text in which no minutes were found."""


class PromptError(InputError):
    """A prompt or a schema that cannot be used."""


class DigestError(InputError):
    """A digest, a gold or a glossary that is not in the published shape."""


class AnswerError(MinutesError):
    """The model's side."""

    exit_code = 3


class AccessRefused(AnswerError):
    """No key, a refused key or an unknown model: asking on is useless."""


class EndpointDown(AnswerError):
    """No connection, or an endpoint that still fails after every allowed retry."""


class BudgetReached(AnswerError):
    """The limit on cost or tokens that the caller set."""


class RecordingMissing(AnswerError):
    """A replay in which no recording answers a request."""


class AnswersAwaited(MinutesError):
    """Requests are written out and their answers are not there yet."""

    exit_code = 4

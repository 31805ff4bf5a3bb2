"""What can go wrong, and what to do about it. Every message is one line that says both.

OnrecordError                 exit code
├── SourceError               3   a document cannot be read (empty, binary, unreadable …)
├── RecordError               4   a record cannot be opened, is locked, damaged or too new
├── WireError                 3   a JSON line is not a reading of this wire version
├── ModelError                5   the weights are missing or damaged
├── KnowledgeError            5   a table of actors cannot be read, or an id is not in it
├── UsageError                2   the request makes no sense (bad date, unknown id …)
└── MissingExtraError         5   an optional dependency is not installed
"""


class OnrecordError(Exception):
    """The base of all errors that onrecord raises on purpose."""

    exit_code = 1


class UsageError(OnrecordError):
    """The request makes no sense: a malformed date, an unknown id, a filter that fits nothing."""

    exit_code = 2


class SourceError(OnrecordError):
    """A document cannot be read."""

    exit_code = 3


class WireError(SourceError):
    """A JSON object is not a reading of this wire version."""


class RecordError(OnrecordError):
    """A record file cannot be opened, written or trusted."""

    exit_code = 4


class ModelError(OnrecordError):
    """The weights that came with the package are missing or damaged."""

    exit_code = 5


class KnowledgeError(OnrecordError):
    """A table of actors cannot be read, or holds no such entity."""

    exit_code = 5


class MissingExtraError(OnrecordError):
    """An optional dependency is needed and not installed; the message names the extra."""

    exit_code = 5

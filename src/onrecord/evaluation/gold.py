"""JSON Lines of gold -> values: the three layouts that people annotated articles in.

Only the fields that are scored are read; others may stand beside them. Offsets
are half-open and count code points of the line's own ``text``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from onrecord.errors import UsageError
from onrecord.records import Act, Modality, Mode

Pair: TypeAlias = tuple[int, int]
Offsets: TypeAlias = list[int | Pair] | None
"""``[start, end]``, or a list of such pairs, or null: see :func:`spans_of`."""


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """The base of gold values: frozen; unknown fields are passed over."""


class Attribution(Gold, frozen=True, kw_only=True):
    """One attribution; ``source_head`` is the noun that heads the source, where it has one."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]
    source_head: Pair | None = None


class Article(Gold, frozen=True, kw_only=True):
    """An article by name, with its text and what came with it."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None


class AttributedText(Article, frozen=True, kw_only=True):
    """An article with its attributions (task ``attribution``)."""

    attributions: tuple[Attribution, ...]


class Instance(Gold, frozen=True, kw_only=True):
    """A stretch of an article with one BIO label a token (task ``tokens``)."""

    article: str
    tokens: tuple[Pair, ...]
    labels: tuple[str, ...]


class GoldStatement(Gold, frozen=True, kw_only=True):
    """A statement; ``parent`` counts in the article's statements, ``marginal`` ones are never scored."""

    content: Offsets
    source: Offsets = None
    cue: Offsets = None
    speaker: str | tuple[str, ...] | None
    speakers: tuple[str, ...] = ()
    mode: Mode
    via: tuple[str, ...] | None = ()
    addressee: Offsets = None
    venue: Offsets = None
    said_on: str | None = None
    parent: int | None = None
    act: Act | None = None
    negated: bool | None = False
    marginal: bool = False

    @property
    def speaker_names(self) -> list[str]:
        """Every name that counts as the right speaker; empty where nobody is named."""
        names = self.speakers or self.speaker
        return [name for name in ((names,) if isinstance(names, str) else names or ()) if name]


class OtherType(Gold, frozen=True, kw_only=True):
    """A second event type that a defensible coder may choose."""

    type: str


class GoldEvent(Gold, frozen=True, kw_only=True):
    """An event; ``asserted_by`` names who says that it happened, null for the article itself."""

    type: str
    alt: OtherType | None = None
    trigger: Offsets
    other_triggers: Offsets = None
    actor_name: tuple[str, ...]
    recipient_name: tuple[str, ...]
    modality: Modality
    asserted_by: str | None = None
    reciprocal: bool = False
    presupposed: bool = False
    marginal: bool = False

    @property
    def types(self) -> set[str]:
        """The types that count as right."""
        return {self.type, self.alt.type} if self.alt else {self.type}


class AnnotatedText(Gold, frozen=True, kw_only=True):
    """An article with its statements and events (task ``intl``)."""

    document: str
    text: str
    published: str | None = None
    statements: tuple[GoldStatement, ...]
    events: tuple[GoldEvent, ...] = ()


G = TypeVar("G", bound=Gold)


def spans_of(value: Offsets) -> tuple[Pair, ...]:
    """The (start, end) pairs of an offsets field, whichever way it is written.

    >>> spans_of([3, 9]), spans_of([(3, 9), (12, 20)]), spans_of(None)
    (((3, 9),), ((3, 9), (12, 20)), ())
    """
    if not value:
        return ()
    if isinstance(value[0], int):
        start, end = (n for n in value if isinstance(n, int))
        return ((start, end),)
    return tuple(pair for pair in value if not isinstance(pair, int))


def read_gold(path: str | Path, kind: type[G]) -> list[G]:
    """The gold values of a JSON Lines file, in order.

    Raises :class:`UsageError` naming the line that does not fit the layout.
    """
    decoder = msgspec.json.Decoder(kind)
    found: list[G] = []
    try:
        with Path(path).open("rb") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    found.append(_decode(decoder, line, f"{path}:{n}"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a gold file that can be read") from error
    if not found:
        raise UsageError(f"{path}: holds no gold; give a JSON Lines file in a layout of docs/evaluation.md")
    return found


def _decode(decoder: msgspec.json.Decoder[G], line: bytes, where: str) -> G:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{where}: {error}; use the layout that docs/evaluation.md gives for the task"
        ) from error

"""Gold texts -> readings, made afresh or taken from a file of JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from onrecord.errors import UsageError
from onrecord.evaluation.gold import Article
from onrecord.records import Reading
from onrecord.sources.raw import RawDocument
from onrecord.wire import read_lines

Reader: TypeAlias = Callable[[Iterable[RawDocument]], Iterable[Reading]]
"""Whatever turns documents into readings, in order: ``onrecord.read_many`` or a model of one's own."""


def read_afresh(articles: Sequence[Article], reader: Reader | None, *, origin: str) -> list[Reading]:
    """The readings of the articles; ``reader`` is onrecord's own unless another is given."""
    if reader is None:
        from onrecord import read_many  # loads the engine, which scoring a file of readings does not need

        reader = read_many
    return list(reader(_raw_document(article, f"{origin}:{n}") for n, article in enumerate(articles, 1)))


def _raw_document(article: Article, origin: str) -> RawDocument:
    return RawDocument(
        data=article.text,
        origin=origin,
        given_id=article.id,
        title=article.title,
        outlet=article.publisher,
        published=article.date,
        published_from="input" if article.date else None,
    )


def read_readings(path: str | Path) -> list[Reading]:
    """The readings in a JSON Lines file, as ``onrecord read`` writes them.

    Raises :class:`UsageError` where the file cannot be read, :class:`WireError` for a
    line that is no reading.
    """
    try:
        with Path(path).open("rb") as lines:
            return list(read_lines(lines, origin=str(path)))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a file of readings (JSON Lines)") from error

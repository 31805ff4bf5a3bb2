"""The Python interface: read a text, a file or many of them.

A ``str`` is always the text itself and a ``pathlib.Path`` always a file; which
of the two was meant is never guessed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.errors import OnrecordError, SourceError, UsageError
from onrecord.pipeline import Engine
from onrecord.pipeline import read as read_raw
from onrecord.records import Reading
from onrecord.sources import find_documents
from onrecord.sources.published import read_day
from onrecord.sources.raw import RawDocument


def read(
    source: str | Path | RawDocument,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    given_id: str | None = None,
    engine: Engine | None = None,
) -> Reading:
    """The reading of one document.

    ``source`` is a text (``str``), a file of one document (``Path``) or a
    RawDocument. ``published`` is its ISO date; without one relative dates stay
    unresolved. Raises SourceError where there is nothing to read, UsageError
    for a malformed date and ModelError if the weights are damaged.

    >>> onrecord.read("The bases will go, the premier said.").statements[0].cue.text
    'said'
    """
    raws = list(_documents(source, published))
    if len(raws) != 1:
        raise UsageError(f"{source} holds {len(raws)} documents: use read_many for more than one")
    given = {"title": title, "outlet": outlet, "url": url, "given_id": given_id}
    raw = msgspec.structs.replace(raws[0], **{k: v for k, v in given.items() if v is not None})
    return read_raw(raw, engine=engine or default_engine())


def read_many(
    sources: Iterable[str | Path | RawDocument],
    *,
    published: str | None = None,
    engine: Engine | None = None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> Iterator[Reading]:
    """The readings of many documents, lazily and in order.

    A Path may also be a directory or a JSON Lines file of many documents. A
    document that cannot be read goes to ``on_error`` and the rest go on;
    without ``on_error`` its error is raised.
    """
    engine = engine or default_engine()
    for source in sources:
        try:
            for raw in _documents(source, published, on_error):
                try:
                    yield read_raw(raw, engine=engine)
                except SourceError as error:
                    _report(error, on_error)
        except SourceError as error:
            _report(error, on_error)


@functools.cache
def default_engine() -> Engine:
    """The engine that all calls share: the weights of the package, all cores."""
    return Engine.load()


def _documents(
    source: str | Path | RawDocument,
    published: str | None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> Iterator[RawDocument]:
    if isinstance(source, Path):
        yield from find_documents([source], published=published, on_error=on_error or _raise)
    elif isinstance(source, str | RawDocument):
        raw = RawDocument(data=source) if isinstance(source, str) else source
        if published is not None:
            date = read_day(published, named="published")
            raw = msgspec.structs.replace(raw, published=date, published_from="flag")
        yield raw
    else:
        raise UsageError(
            f"a source is a text (str), a file (pathlib.Path) or a RawDocument, not {type(source).__name__}"
        )


def _raise(error: OnrecordError) -> None:
    raise error


def _report(error: OnrecordError, on_error: Callable[[OnrecordError], None] | None) -> None:
    (on_error or _raise)(error)

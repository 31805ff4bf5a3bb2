"""RawDocument -> Text: what is read, and how it is divided.

1. decode the bytes, or take the page's main text
2. find the language; what is not English is kept and left unread
3. divide into paragraphs, put aside those that are no prose
4. divide the rest into sentences
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from onrecord.boilerplate import find_skipped
from onrecord.datelines import find_dateline
from onrecord.errors import SourceError
from onrecord.language import find_language
from onrecord.publication import find_date_notes
from onrecord.quotes import Quotation, find_quotations
from onrecord.records import Document, Note, PublishedFrom, Reading, Skipped
from onrecord.sentences import Offsets, find_paragraphs, find_sentences
from onrecord.sources.decoding import DECODING_NOTES, decode, replace_surrogates
from onrecord.sources.raw import MAX_DOCUMENT_BYTES, Page, RawDocument
from onrecord.wrapping import unwrapped


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A document divided for reading. All offsets are code points of ``document.text``.

    ``paragraphs`` have no white space around them; blank and skipped ones are
    left out. ``sentences`` lie inside paragraphs, in order. A document that is
    not in English has neither.
    """

    document: Document
    paragraphs: tuple[Offsets, ...] = ()
    sentences: tuple[Offsets, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[Note, ...] = ()


def read_text(raw: RawDocument) -> Text:
    """The text of a document, divided into paragraphs and sentences, with its metadata.

    Raises SourceError for an empty, oversized or binary document, and for a
    page without main text.
    """
    origin = raw.origin or "The text"
    if len(raw.data) > MAX_DOCUMENT_BYTES:
        raise SourceError(
            f"{origin}: larger than {MAX_DOCUMENT_BYTES // 1_000_000} MB; split it into documents."
        )
    decoded = decode(raw.data, origin=origin, declared=raw.media == "html")
    if _is_blank(decoded.text):
        raise SourceError(f"{origin}: empty; give a document that holds text.")
    page = _page(decoded.text, raw.media, origin=origin)
    document = _document(raw, decoded.text, page)
    return _divide(document, decoded.notes + find_date_notes(document))


def identify(raw: RawDocument) -> str:
    """The id that the document will have, known before it is read."""
    return _document_id(raw.data, replace_surrogates(raw.data) if isinstance(raw.data, str) else "")


def recall_text(reading: Reading, *, published: str | None = None) -> Text:
    """The text of a document read before, divided anew; its id, metadata and words stay.

    ``published`` corrects its date. What was noted when its bytes were decoded is noted still.
    """
    document = msgspec.structs.replace(reading.document, skipped=())
    if published:
        document = msgspec.structs.replace(document, published=published, published_from="flag")
    notes = tuple(note for note in reading.notes if note.code in DECODING_NOTES)
    return _divide(document, notes + find_date_notes(document))


def _divide(document: Document, notes: tuple[Note, ...]) -> Text:
    """The document with its paragraphs, sentences and quotations; without any where it is not English."""
    if document.language not in ("en", "und"):
        return Text(document=document, notes=(*notes, _not_english(document.language)))
    prose = unwrapped(document.text)
    quotations = find_quotations(prose)
    paragraphs = find_paragraphs(prose)
    skipped = find_skipped(prose, paragraphs, quotations, title=document.title)
    aside = {span.start for span in skipped}
    kept = tuple(offsets for offsets in paragraphs if offsets[0] not in aside)
    return Text(
        document=msgspec.structs.replace(document, skipped=_worded(skipped, document.text)),
        paragraphs=kept,
        sentences=tuple(sentence for offsets in kept for sentence in find_sentences(prose, *offsets)),
        quotations=quotations,
        notes=notes,
    )


def _page(text: str, media: Literal["text", "html"], *, origin: str) -> Page:
    """The main text and the metadata: of a plain text, the text as it is and nothing else."""
    if media == "text":
        return Page(text=text)
    from onrecord.sources.pages import read_page  # imported on need: it brings lxml and trafilatura with it

    return read_page(text, origin=origin)


def _document(raw: RawDocument, source: str, page: Page) -> Document:
    """The document as recorded: what came with it wins over what the page says of itself."""
    published, published_from = _published(raw, page)
    return Document(
        id=_document_id(raw.data, source),
        given_id=_clean(raw.given_id),
        url=_clean(raw.url) or page.url,
        title=_clean(raw.title) or page.title,
        outlet=_clean(raw.outlet) or page.outlet,
        author=_clean(raw.author) or page.author,
        language=find_language(page.text),
        published=published,
        published_from=published_from,
        modified=page.modified,
        text=page.text,
    )


def _published(raw: RawDocument, page: Page) -> tuple[str | None, PublishedFrom | None]:
    """The day and its origin, in the order of trust that docs/record.md gives."""
    if raw.published:
        return raw.published, raw.published_from or "input"
    if page.published_from in ("json-ld", "meta"):
        return page.published, page.published_from
    dateline = find_dateline(page.text)
    return (dateline, "dateline") if dateline else (page.published, page.published_from)


def _document_id(data: bytes | str, source: str) -> str:
    """The hash of the bytes read; of the UTF-8 text where a text was given."""
    return "sha256:" + hashlib.sha256(data if isinstance(data, bytes) else source.encode("utf-8")).hexdigest()


def _worded(skipped: tuple[Skipped, ...], text: str) -> tuple[Skipped, ...]:
    """The skipped spans in the document's own words, line ends included."""
    return tuple(msgspec.structs.replace(span, text=text[span.start : span.end]) for span in skipped)


def _clean(value: str | None) -> str | None:
    return replace_surrogates(value) if value else None


def _is_blank(text: str) -> bool:
    return all(c.isspace() or c in "\ufeff\u200b\0" for c in text)


def _not_english(language: str | None) -> Note:
    return Note(
        code="not-english",
        message=f"The text is in another language ({language}); it was kept and left unread.",
    )

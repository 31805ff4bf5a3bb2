"""What is said of a publication date that cannot be right, and that nothing is changed by it."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.publication import find_date_notes
from onrecord.records import Document
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text, recall_text
from tests import factory

TODAY = date(2025, 6, 23)
STATED = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-05-03"}</script>'


def codes(text: str, published: str | None, modified: str | None = None, *, by: str = "json-ld") -> list[str]:
    doc = Document(id="x", text=text, published=published, published_from=by, modified=modified)  # type: ignore[arg-type]
    return [note.code for note in find_date_notes(doc, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The mill is shut.", None, ["undated-document"]),
        ("The mill is shut.", "2025-06-23", []),
        ("The mill is shut.", "2025-06-24", []),
        ("The mill is shut.", "2031-01-01", ["future-date"]),
        ("PORT LERIN, Oct. 18, 1962 - The mill is shut.", "1962-10-20", []),
        ("PORT LERIN, Oct. 18, 1962 - The mill is shut.", "1962-10-17", []),
        ("PORT LERIN, Oct. 18, 1962 - The mill is shut.", "1962-10-15", ["contradicted-date"]),
        ("PORT LERIN, Oct. 18, 1962 - The mill is shut.", "2014-10-18", ["contradicted-date"]),
        ("PORT LERIN, Oct. 18 - The mill is shut.", "1962-10-19", []),
        ("PORT LERIN, Dec. 31 - The mill is shut.", "1963-01-01", []),
        ("PORT LERIN, Oct. 18 - The mill is shut.", "1962-12-19", ["contradicted-date"]),
        ("PORT LERIN, Feb. 30 - The mill is shut.", "1962-12-19", []),
    ],
)
def test_a_date_that_cannot_be_right_is_said_to_be_so(
    text: str, published: str | None, expected: list[str]
) -> None:
    assert codes(text, published) == expected


def test_a_page_modified_before_it_was_published_is_noted() -> None:
    assert codes("The mill is shut.", "2025-06-20", "2025-06-19") == ["modified-before-published"]
    assert codes("The mill is shut.", "2025-06-20", "2025-06-20") == []


def test_a_date_taken_from_the_dateline_does_not_contradict_it() -> None:
    assert codes("PORT LERIN, Oct. 18, 1962 - The mill is shut.", "1962-10-18", by="dateline") == []


def test_a_doubtful_date_is_kept_and_the_note_goes_when_it_is_corrected() -> None:
    raw = RawDocument(data="PORT LERIN, Oct. 18, 1962 - The mill is shut.", published="2014-10-18")
    text = read_text(raw)
    assert text.document.published == "2014-10-18"
    assert [note.code for note in text.notes] == ["contradicted-date"]
    reading = factory.reading(text.document.text, published="2014-10-18", notes=text.notes)
    assert recall_text(reading, published="1962-10-18").notes == ()


@pytest.mark.parametrize(
    ("head", "by"),
    [
        (STATED + '<meta name="date" content="2014-05-04">', ("2014-05-03", "json-ld")),
        ('<meta property="article:published_time" content="2014-05-04T08:00:00Z">', ("2014-05-04", "meta")),
        ("", ("2014-05-05", "dateline")),
    ],
)  # fmt: skip
def test_the_date_of_a_page_comes_from_the_most_trusted_place(head: str, by: tuple[str, str]) -> None:
    body = "<p>PORT LERIN, May 5, 2014 - The mill is shut and will stay shut, the owners of it say.</p>" * 4
    page = (
        f"<html lang='en'><head><title>Mill</title>{head}</head><body><article>{body}</article></body></html>"
    )
    document = read_text(RawDocument(data=page.encode(), media="html")).document
    assert (document.published, document.published_from) == by
    flagged = RawDocument(data=page.encode(), media="html", published="2014-05-06", published_from="flag")
    assert read_text(flagged).document.published_from == "flag"

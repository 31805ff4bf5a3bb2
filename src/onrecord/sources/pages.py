"""HTML -> the main text of a page, one paragraph a line, and the page's own metadata."""

from __future__ import annotations

import logging
import re

import msgspec
from lxml import etree, html

from onrecord.errors import SourceError
from onrecord.sources.metadata import read_metadata
from onrecord.sources.raw import Page

log = logging.getLogger(__name__)

_LINE_END = re.compile(r"[^\S\n]*[\n\r\u2028\u2029\x85]\s*")
_BULLET = re.compile(r"^- ", re.MULTILINE)


def read_page(markup: str, *, origin: str) -> Page:
    """The main text and the metadata of a page.

    Paragraphs are separated by one newline. Menus, comments, tables and
    captions are left out as far as trafilatura tells them from the article.
    Raises SourceError where no text is found.
    """
    # A NUL ends the text for the parser behind lxml; U+FFFD is what the HTML standard puts in its place.
    data = markup.replace("\0", "\ufffd").encode("utf-8")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise SourceError(f"{origin}: the page holds no text; check that it was saved whole.") from None
    page = read_metadata(tree)
    text = _main_text(tree)
    if not text:
        raise SourceError(
            f"{origin}: no main text found in the page; save the article as plain text instead."
        )
    return msgspec.structs.replace(page, text=text)


def _main_text(tree: html.HtmlElement) -> str:
    # Imported on need: it costs half a second, and only pages want it.
    from trafilatura import extract

    try:
        found = extract(tree, include_comments=False, include_tables=False, include_formatting=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # one odd page must not end the run
        log.info("main text not extracted: %s", error)
        found = None
    return _LINE_END.sub("\n", _BULLET.sub("", found or "")).strip()

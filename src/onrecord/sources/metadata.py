"""A page's own metadata -> title, outlet, author, dates, each from the most trusted place that states it.

Order of trust: JSON-LD (schema.org), then meta tags, then ``htmldate``'s
guess from markup and text, which always answers and is marked as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from onrecord.records import PublishedFrom
from onrecord.sources.published import find_written_day
from onrecord.sources.raw import Page

_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|LiveBlogPosting|BackgroundNews|OpinionNews)\Z")
_DEPTH = (
    6  # how deep articles are looked for in nested JSON-LD (@graph, mainEntity); real pages nest two or three
)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "parsely-pub-date", "sailthru.date", "article.published", "publishdate", "publish-date",
    "pubdate", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
_TITLE = (
    "og:title",
    "citation_title",
    "headline",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
)
_OUTLET = ("og:site_name", "citation_journal_title", "application-name", "dc.publisher", "dcterms.publisher")
_AUTHOR = (
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
)
_URL = ("og:url",)


def read_metadata(tree: HtmlElement) -> Page:
    """What a parsed page says about itself (its ``text`` is left empty).

    Broken JSON-LD and malformed dates are passed over.
    """
    article = next(_articles(tree), {})
    meta = _meta_tags(tree)
    stated = _day(article, "datePublished") or _day(article, "dateCreated")
    tagged = None if stated else _first_day(meta, _PUBLISHED) or _time_published(tree)
    guessed = None if stated or tagged else _guess_day(tree)
    origins: tuple[tuple[str | None, PublishedFrom], ...] = (
        (stated, "json-ld"), (tagged, "meta"), (guessed, "htmldate"),
    )  # fmt: skip
    published, published_from = next(((day, by) for day, by in origins if day), (None, None))
    return Page(
        text="",
        title=_words(article.get("headline")) or _first(meta, _TITLE) or _title(tree),
        outlet=_names(article.get("publisher")) or _first(meta, _OUTLET),
        author=_names(article.get("author")) or _author(meta),
        url=_first(meta, _URL) or _canonical(tree),
        published=published,
        published_from=published_from,
        modified=_day(article, "dateModified") or _first_day(meta, _MODIFIED),
    )


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that describe an article."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                # strict=False: line breaks inside strings are the commonest fault of real pages.
                yield from _articles_in(json.loads(_unwrapped(script.text or ""), strict=False), _DEPTH)
            except (ValueError, RecursionError):
                continue


def _unwrapped(script: str) -> str:
    """The JSON without the comment or CDATA wrapper that some systems put around it."""
    script = script.replace("<![CDATA[", "").replace("]]>", "")
    first, last = min(script.find(c) % (len(script) + 1) for c in "{["), max(script.rfind(c) for c in "}]")
    return script[first : last + 1]


def _articles_in(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _articles_in(part, depth)
    elif isinstance(value, dict) and depth:
        types = value.get("@type")
        if any(
            isinstance(t, str) and _ARTICLE.match(t) for t in (types if isinstance(types, list) else [types])
        ):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles_in(value.get(name), depth - 1)


def _meta_tags(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta tags by lower-case name, in page order."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = _words(tag.get("content"))
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and content:
            tags.setdefault(name.strip().lower(), []).append(content)
    return tags


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _first_day(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    days = (find_written_day(content) for name in names for content in meta.get(name, ()))
    return next((day for day in days if day), None)


def _day(article: dict[str, Any], name: str) -> str | None:
    value = article.get(name)
    return find_written_day(value) if isinstance(value, str) else None


def _time_published(tree: HtmlElement) -> str | None:
    """The day of a <time> that the page itself marks as the publication date (microdata, hAtom, pubdate)."""
    for tag in tree.iter("time"):
        marks = f"{tag.get('itemprop') or ''} {tag.get('class') or ''}".split()
        if (
            "datePublished" in marks
            or "published" in marks
            or "dt-published" in marks
            or "pubdate" in tag.attrib
        ):
            return find_written_day(tag.get("datetime") or "")
    return None


def _guess_day(tree: HtmlElement) -> str | None:
    """Htmldate's guess. It always answers, so it comes last and is marked as what it is."""
    from htmldate import find_date  # imported on need: it costs as much as the rest of the program

    try:
        found = find_date(tree, original_date=True, extensive_search=True)
    except (ValueError, TypeError, AttributeError, RecursionError):  # a guess is never worth a document
        return None
    return find_written_day(found) if found else None


def _author(meta: dict[str, list[str]]) -> str | None:
    """The authors named in meta tags; an address of a profile page is no name."""
    for name in _AUTHOR:
        people = [person for person in meta.get(name, ()) if "://" not in person]
        if people:
            return ", ".join(dict.fromkeys(people))
    return None


def _names(value: Any) -> str | None:
    """The name of a schema.org person or organisation, or of several, joined by commas."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for part in value if (name := _names(part)))) or None
    if isinstance(value, dict):
        return _names(value.get("name"))
    name = _words(value)
    return None if name is None or "://" in name else name


def _title(tree: HtmlElement) -> str | None:
    """The <h1> where there is one only (a <title> carries the outlet's name too), else the <title>."""
    headings = [text for tag in tree.iter("h1") if (text := _words(tag.text_content()))]
    if len(headings) == 1:
        return headings[0]
    return next((text for tag in tree.iter("title") if (text := _words(tag.text_content()))), None)


def _canonical(tree: HtmlElement) -> str | None:
    for tag in tree.iter("link"):
        if "canonical" in (tag.get("rel") or "").lower().split():
            return _words(tag.get("href"))
    return None


def _words(value: Any) -> str | None:
    """The string with its white space made single, entities read; None for none and for other types."""
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value).split()) or None

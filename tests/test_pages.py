"""The page and the notebook view: valid, escaped, linked both ways, whole without anything else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reading import STATEMENTS, TEXT, make_reading
from test_marked import readings

from onrecord.cards import group_by_speaker, make_cards, spell_day, spell_interval
from onrecord.marked import number_statements, printable
from onrecord.pages import TEMPLATES, to_html, to_notebook
from onrecord.records import Actor, Interval, Reading

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """A page taken apart: its elements, and a complaint for each tag that does not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.article = ""
        self._open: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"{tag} is not closed" for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes.update(values)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        if tag not in VOID:
            self._open.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        classes = [classes.split() for _, classes in self._open]
        in_text = not any("empty" in names for names in classes) and any(
            "text" in names or "onr-text" in names for names in classes
        )
        added = (
            any({"ref", "why", "tag", "onr-event"} & set(names) for names in classes)
            or ("sup", "") in self._open
        )
        if in_text and not added:
            self.article += data


def words(text: str) -> str:
    """The text without white space: what a page must not lose."""
    return re.sub(r"\s", "", printable(text))


def test_page_holds_the_whole_article_and_a_card_for_every_statement() -> None:
    page = Page(to_html(make_reading()))
    assert words(page.article) == words(TEXT)
    assert [name for name in page.ids if re.fullmatch(r"s\d+", name)] == [f"s{n}" for n in range(1, 7)]


def test_page_links_words_and_cards_both_ways_and_every_link_leads_somewhere() -> None:
    page = Page(to_html(make_reading()))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {f"{kind}{n}" for kind, n in product("st", range(1, 7))} <= inner
    assert len(page.ids) == len(set(page.ids))


def test_card_says_everything_that_is_known() -> None:
    html = to_html(make_reading())
    facts = ("Transport Minister", "told", "reporters", "the Harbour Conference", "the Varn News Agency")
    assert [fact for fact in facts if fact not in html] == []
    assert "6 May 2031 (“Tuesday”)" in html
    assert '<a href="#s3">statement 3</a>' in html
    assert "accuse, hedged" in html
    assert "Speaker not singled out" in html
    assert "not read: related headline" in html
    assert "could not be tied to one person" in html


def test_page_needs_no_script_and_nothing_from_elsewhere() -> None:
    html = to_html(make_reading())
    page = Page(html)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed"})
    assert {"src", "srcset", "style"}.isdisjoint(page.attributes)
    assert not any(name.startswith("on") for name in page.attributes)
    assert re.findall(r"url\(|@import", html) == []


@pytest.mark.parametrize("view", [to_html, to_notebook], ids=["page", "notebook"])
def test_whatever_a_document_says_is_escaped(view: object) -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    doc = {
        "title": attack,
        "outlet": attack,
        "author": attack,
        "url": "javascript:alert(1)",
        "language": attack,
    }
    reading = make_reading(**doc, published=attack)
    actors = (Actor(id="local:orla-venn", name=attack, role=attack), *reading.actors[1:])
    html = view(msgspec.structs.replace(reading, actors=actors))  # type: ignore[operator]
    page = Page(html)
    assert page.tags.isdisjoint({"script", "img"})
    assert "onerror" not in page.attributes
    assert [link for link in page.links if link.startswith("javascript")] == []
    assert page.faults == []


def test_only_statements_that_are_sure_enough_are_shown_and_the_page_says_so() -> None:
    html = to_html(make_reading(), min_confidence=0.9)
    assert "3 below a confidence of 0.90 are not shown" in html
    assert "1 speaker. 3 below" in re.sub(r"\s+", " ", html)
    assert "could not be tied to one person" not in html  # a note about a statement that is not shown
    assert 'id="s4"' not in html
    assert ' m4"' not in html


def test_page_of_an_article_without_statements_is_still_an_article() -> None:
    html = to_html(msgspec.structs.replace(make_reading(title=None, published=None), statements=(), notes=()))
    assert "No statement was found" in html
    assert "Untitled document" in html
    assert "Undated" in html
    assert words(Page(html).article) == words(TEXT)


def test_page_of_an_empty_text_says_so() -> None:
    assert "holds no text" in to_html(
        msgspec.structs.replace(make_reading(text="", skipped=()), statements=(), notes=())
    )


@given(readings())
def test_both_views_are_well_formed_whatever_the_spans_and_lose_no_word(reading: Reading) -> None:
    for html in (to_html(reading), to_notebook(reading)):
        page = Page(html)
        assert page.faults == []
        assert len(page.ids) == len(set(page.ids))
        assert words(page.article) == words(reading.document.text)


@given(st.text())
def test_nothing_unprintable_is_left_and_no_offset_moves(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown) == []


def test_notebook_shows_text_marks_and_a_list() -> None:
    html = to_notebook(make_reading())
    assert '<b class="source m2">she</b>' in html
    assert "<td>Tomas Adler<br><small>harbour chief</small></td>" in html
    assert "verbatim · to reporters · at the Harbour Conference" in html
    assert "verbatim · within 3" in html
    assert "<html" not in html


def test_speakers_are_grouped_and_those_not_singled_out_come_last() -> None:
    voices = group_by_speaker(number_statements(make_reading()))
    assert [(voice.name, voice.numbers) for voice in voices] == [
        ("Orla Venn", (1, 2, 3)),
        ("Tomas Adler", (4,)),
        ("A ministry official", (6,)),
        ("Speaker not singled out", (5,)),
    ]


def test_a_link_that_was_not_made_by_name_is_said() -> None:
    reading = make_reading()
    misspelt = msgspec.structs.replace(reading.actors[1], linked_by="spelling")
    reading = msgspec.structs.replace(reading, actors=(reading.actors[0], misspelt))
    cards = make_cards(number_statements(reading))
    assert cards[3].about == "harbour chief; linked by likely spelling"


def test_days_and_intervals_are_spelt_out() -> None:
    words = STATEMENTS[0].said_on.expression  # type: ignore[union-attr]
    open_date = Interval(from_=None, to=None, precision=None, expression=words)
    weekend = Interval(from_="2031-05-03", to="2031-05-04", precision="day")
    assert spell_day("1962-10-28") == "28 October 1962"
    assert spell_day("about 1962") == "about 1962"
    assert spell_interval(open_date) == "“Tuesday”"
    assert spell_interval(weekend) == "3 May 2031 to 4 May 2031"
    year = Interval(from_="1987-01-01", to="1987-12-31", precision="year")
    assert spell_interval(year) == "1987"
    months = [
        Interval(from_="1988-02-01", to=f"1988-02-{last}", precision="month") for last in ("29", "28", "31")
    ]
    assert [spell_interval(month) for month in months] == [
        "February 1988", "1 February 1988 to 28 February 1988", "1 February 1988 to 1988-02-31",
    ]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
def test_text_has_enough_contrast_on_every_ground(theme: int) -> None:
    style = (TEMPLATES / "article.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)
    light = dict(re.findall(r"--([\w-]+): (#\w+)", blocks[0]))
    colours = light | dict(re.findall(r"--([\w-]+): (#\w+)", blocks[theme]))
    pairs = [
        *product(("ink", "source", "cue"), ("paper", "card", "tint", "tint-nested")),
        ("event", "card"),
        ("event", "paper"),
        *product(("soft", "accent"), ("paper", "card")),
        ("on-lit", "lit"),
    ]
    for front, ground in pairs:
        high, low = sorted((luminance(colours[front]), luminance(colours[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{front} on {ground}"

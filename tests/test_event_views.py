"""Events in every view: marked in the text, told in words, linked to who says so, and escaped."""

from __future__ import annotations

import io
import re
from pathlib import Path

import msgspec
import pytest
from factory import event, mention, reading, span, stmt
from rich.console import Console
from sample_events import EVENTS, STATEMENTS, TEXT, make_events
from test_pages import Page, words

from onrecord.event_cards import make_event_cards, spell_location, spell_parties
from onrecord.event_query import EventQuery, search_events
from onrecord.event_tables import render_event_hits, render_stance_hits
from onrecord.marked import Mark, mark, number_events, number_statements
from onrecord.pages import to_html, to_notebook
from onrecord.records import Location, Place, Reading
from onrecord.stance_query import StanceQuery, search_stances
from onrecord.store import open_record
from onrecord.terminal import render_article, render_statements


def printed(what: object, width: int = 110, *, utf8: bool = True) -> str:
    """What a terminal without styles shows."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8" if utf8 else "ascii", errors="replace")
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(what)
    out.flush()
    return raw.getvalue().decode()


def article(made: Reading, *, utf8: bool = True, min_confidence: float = 0.0) -> str:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8" if utf8 else "ascii", errors="replace")
    console = Console(file=out, width=110, highlight=False, markup=False, emoji=False)
    return printed(render_article(made, console, min_confidence=min_confidence), utf8=utf8)


# -- marks and numbers -----------------------------------------------------------------------------


def test_every_trigger_of_an_event_is_marked_with_its_one_number() -> None:
    marked = [TEXT[s.start : s.end] for s in mark(make_events()) if Mark(3, "trigger") in s.marks]
    assert marked == ["shelled", "shelling"]


def test_events_are_numbered_in_the_order_of_the_text_whatever_is_shown() -> None:
    shown = number_events(make_events(), min_confidence=0.8)
    assert [(item.number, item.event.id) for item in shown] == [
        (1, "e-condemned"), (2, "e-closing"), (3, "e-shelled"), (6, "e-meet"),
    ]  # fmt: skip


def test_an_event_goes_with_the_statement_that_asserts_it() -> None:
    unsure = msgspec.structs.replace(STATEMENTS[0], confidence=0.3)
    made = msgspec.structs.replace(make_events(), statements=(unsure, *STATEMENTS[1:]))
    assert "e-shelled" not in {item.event.id for item in number_events(made, min_confidence=0.5)}
    assert "e-shelled" in {item.event.id for item in number_events(made)}


# -- in words --------------------------------------------------------------------------------------


def test_a_card_tells_what_who_whom_whether_who_says_so_when_and_where() -> None:
    made = make_events()
    cards = {c.event: c for c in make_event_cards(number_events(made), made, number_statements(made))}
    shelled = cards["e-shelled"]
    assert shelled.told == "ASSAULT · heavy-weapons; Vastria → Norland; says Ilse Marr"
    assert (shelled.statement, shelled.quad) == (1, "material conflict")
    assert shelled.facts == (("at", "Keldra, NRL"), ("context", "military"), ("also", "“shelling”"))
    assert cards["e-fired"].told == "ASSAULT; “any ship”; negated; says Otto Lund"
    assert cards["e-meet"].label == "e6 AGREE, future"
    assert cards["e-meet"].facts == (("on", "8 May 2031 (“Thursday”)"), ("at", "Port Vell"))


def test_an_event_that_nobody_is_named_for_and_a_source_left_open_are_told_as_they_are() -> None:
    stray = msgspec.structs.replace(EVENTS[1], actor=(), statement="s-officials")
    lost = msgspec.structs.replace(EVENTS[4], statement="s-gone")
    made = make_events(events=(stray, lost))
    cards = make_event_cards(number_events(made), made)
    assert cards[0].told == "COERCE · restrict; nobody named; says “officials”"
    assert cards[1].asserter == "a speaker not singled out"


def test_long_lists_of_parties_are_cut_and_counted_and_nobody_is_named_twice() -> None:
    text = " ".join(f"P{n}" for n in range(9))
    mentions = [mention(text, f"P{n}") for n in range(9)]
    assert spell_parties([*mentions, *mentions], {}) == "“P0”, “P1”, “P2”, “P3”, “P4”, “P5”, and 3 more"
    assert spell_parties([], {}) is None


def test_a_place_is_named_beside_the_words_where_they_differ() -> None:
    there = Location(span=span("the harbour", "the harbour"), place="p")
    assert spell_location(there, {"p": Place(id="p", name="Keldra")}) == "the harbour (Keldra)"
    assert spell_location(there, {}) == "the harbour"


# -- terminal --------------------------------------------------------------------------------------


def test_the_article_labels_triggers_and_lists_events_and_stances_under_it() -> None:
    shown = article(make_events())
    assert "^condemned^‹e1 ACCUSE · disapprove›" in shown
    assert "had ^fired^‹e5 ASSAULT, negated›⟧³" in shown
    assert "^shelling^‹e3 ASSAULT · heavy-weapons› hurt no one⟧⁴" in shown
    assert "says Ilse Marr (statement 1)" in shown
    assert "Ilse Marr opposes Vastria" in shown
    assert "Otto Lund, Ilse Marr" in shown


def test_a_trigger_that_is_a_cue_too_has_both_signs_and_one_label() -> None:
    text = "Brandt urged the council to wait."
    told = event(text, "urged", "REQUEST", actor=(mention(text, "Brandt"),))
    said = stmt(text, "the council to wait", source="Brandt", cue="urged")
    assert "*Brandt* _^urged^‹e1 REQUEST›_ ⟦the council to wait⟧" in article(
        reading(text, said, events=(told,))
    )


def test_an_act_done_by_saying_it_is_tied_to_the_statement_in_every_view() -> None:
    text = "Brandt urged the council to wait."
    told = event(text, "urged", "REQUEST", actor=(mention(text, "Brandt"),))
    made = reading(text, stmt(text, "the council to wait", source="Brandt", cue="urged"), events=(told,))
    assert "done by statement 1" in article(made)
    assert '<dt>done by</dt><dd><a href="#s1">statement 1</a></dd>' in to_html(made)
    assert "<td>done by 1</td>" in to_notebook(made)


def test_two_events_at_the_same_words_are_both_named() -> None:
    text = "Ruvia swapped prisoners with Vastria."
    two = tuple(event(text, "swapped", kind, id=kind) for kind in ("RETREAT", "COOPERATE"))
    assert "^swapped^‹e1 COOPERATE›‹e2 RETREAT›" in article(reading(text, events=two))


def test_what_is_not_sure_enough_is_counted_and_not_marked() -> None:
    shown = article(make_events(), min_confidence=0.9)
    assert "‹e2" not in shown
    assert "6 below a confidence of 0.90 not shown." in shown


def test_a_terminal_without_unicode_gets_labels_too() -> None:
    assert "^to meet^<e6 AGREE, future>" in article(make_events(), utf8=False)


def test_a_document_without_events_shows_nothing_of_them() -> None:
    made = make_events(events=(), stances=())
    assert "Event" not in article(made)
    assert "Event" not in printed(render_statements(made))
    assert "COERCE · seize" in printed(render_statements(make_events()))


def test_hits_show_the_sentence_who_says_so_and_whether_the_day_is_the_documents(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as store:
        store.write(make_events())
        shown = printed(render_event_hits(search_events(store, EventQuery())))
        stances = printed(render_stance_hits(search_stances(store, StanceQuery())))
    assert re.search(r"2031-05-05 +ACCUSE · disapprove", shown)
    assert "(2031-05-06)" in shown
    assert "says Otto Lund" in shown
    assert "event e-seized" in shown
    assert "Lund is to meet Marr in Port Vell on Thursday." in shown
    assert "Ilse Marr opposes Vastria" in stances
    assert "says Ilse Marr" in stances


# -- page and notebook -----------------------------------------------------------------------------


def test_the_page_marks_triggers_and_links_them_with_their_cards_both_ways() -> None:
    html = to_html(make_events())
    page = Page(html)
    assert page.faults == []
    assert {f"e{n}" for n in range(1, 8)} | {f"w{n}" for n in range(1, 8)} <= set(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids, "article"}
    assert html.count('href="#e3"') == 2  # both reports lead to the one card
    assert '<mark class="content trigger indirect m1 e3">shelled</mark>' in html
    assert "7</strong> events" in html
    assert words(page.article) == words(TEXT)


def test_cards_on_the_page_stand_in_the_order_of_the_text() -> None:
    cards = [name for name in Page(to_html(make_events())).ids if re.fullmatch(r"[se]\d", name)]
    assert cards == ["e1", "e2", "s1", "e3", "s2", "e4", "s3", "e5", "e6", "s4", "e7"]


def test_cards_on_the_page_say_who_asserts_and_lead_to_the_statement() -> None:
    html = to_html(make_events())
    assert '<dt>says</dt><dd>Ilse Marr (<a href="#s1">statement 1</a>)</dd>' in html
    assert '<span class="modality">negated</span>' in html
    assert "Ilse Marr opposes Vastria" in html


@pytest.mark.parametrize("view", [to_html, to_notebook])
def test_whatever_words_name_a_party_or_a_code_is_escaped(view: object) -> None:
    bad = "<script>alert(1)</script>"
    text = f'Ruvia raided {bad} at “{bad}" onload=x”.'
    raid = event(
        text, "raided", "ASSAULT", mode='"><b id=x>', context=(bad,), actor=(mention(text, "Ruvia"),),
        recipient=(mention(text, bad),), location=Location(span=span(text, bad, 1)),
    )  # fmt: skip
    html = view(reading(text, events=(raid,), title=bad))  # type: ignore[operator]
    assert "<script" not in html
    assert "<b id=x" not in html
    page = Page(html)
    assert page.faults == []
    assert "onload" not in page.attributes
    assert words(page.article) == words(text)


def test_the_notebook_labels_triggers_and_lists_events() -> None:
    html = to_notebook(make_events())
    assert '<mark class="trigger e1">condemned</mark><sup class="onr-event"' in html
    assert ">e5 ASSAULT negated</sup>" in html
    assert "<td>Vastria → Norland</td><td>Ilse Marr (1)</td>" in html
    assert "4 statements, 7 events" in html


def test_views_of_a_document_without_events_show_nothing_of_them() -> None:
    made = make_events(events=(), stances=())
    assert 'class="trigger"' not in to_html(made)
    assert "supports or opposes" not in to_html(made)
    assert "event" not in to_notebook(made).split("</style>")[1]

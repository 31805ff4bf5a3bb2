"""Events and stances as tables for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from onrecord.cards import spell_interval
from onrecord.console import STYLES, clean, make_table
from onrecord.event_cards import (
    UNKNOWN_PARTY,
    EventCard,
    spell_asserter,
    spell_location,
    spell_parties,
    spell_stance,
)
from onrecord.event_query import EventHit
from onrecord.marked import printable
from onrecord.query import DocumentHead
from onrecord.records import Span
from onrecord.stance_query import StanceHit


def events_table(cards: Iterable[EventCard]) -> Table:
    """The events of one document: number, what, who to whom, who says so, when and where."""
    table = make_table()
    table.add_column("#", justify="right", style="bold")
    table.add_column("Event", max_width=30)
    table.add_column("Who → whom", ratio=1)
    table.add_column("Conf.", justify="right")
    for card in cards:
        statement = f" (statement {card.statement})" if card.statement else ""
        rest = [f"says {card.asserter}{statement}"] if card.asserter else []
        rest += [f"done by statement {card.uttered}"] if card.uttered else []
        rest += [f"{label} {value}" for label, value in card.facts]
        parties = Text(clean(card.parties)).append(_below(rest))
        table.add_row(f"e{card.number}", _what(card.code, card.modality), parties, card.confidence)
    return table


def render_event_hits(hits: Iterable[EventHit]) -> Table:
    """The events found: when, what, who to whom, the sentence that says so, and where it stands."""
    table = make_table()
    table.add_column("When", no_wrap=True)
    table.add_column("Event", max_width=22)
    table.add_column("Who → whom, in which words", ratio=1)
    table.add_column("Conf.", justify="right")
    for hit in hits:
        event = hit.event
        code = f"{event.type} · {event.mode}" if event.mode else event.type
        modality = None if event.modality == "actual" else event.modality
        table.add_row(_when(hit), _what(code, modality), _report(hit), f"{event.confidence:.2f}")
    return table


def _when(hit: EventHit) -> Text:
    """The first day of the event; in brackets where only the document's day is known."""
    if hit.first is None:
        return Text("undated", style="dim")
    own = hit.event.date is not None and (hit.event.date.from_ or hit.event.date.to)
    return Text(hit.first) if own else Text(f"({hit.first})", style="dim")


def _what(code: str, modality: str | None) -> Text:
    what = Text(clean(code), style="bold")
    return what.append(f"\n{clean(modality)}", style="not bold italic") if modality else what


def _report(hit: EventHit) -> Text:
    event, actors = hit.event, {actor.id: actor for actor in (*hit.actors, *hit.recipients)}
    who = spell_parties(event.actor, actors) or UNKNOWN_PARTY
    whom = spell_parties(event.recipient, actors)
    text = Text(clean(f"{who} → {whom}" if whom else who), style="bold")
    text.append("\n").append(_sentence(event.sentence, event.trigger, hit.found))
    asserter = spell_asserter(event, hit.statement, hit.asserted_by)
    rest = [f"says {asserter}"] if asserter else []
    rest += [f"on {spell_interval(event.date)}"] if event.date else []
    if event.location:
        places = {hit.place.id: hit.place} if hit.place else {}
        rest.append(f"at {spell_location(event.location, places)}")
    return text.append(_below(rest)).append(_where(hit.document, f"event {event.id}"))


def _sentence(sentence: Span, trigger: Span, found: Iterable[Span]) -> Text:
    """The sentence on one line, as long as it is, with the trigger and the words looked for set off."""
    text = Text(printable(re.sub(r"\s", " ", sentence.text)), style="not bold")
    for span, style in ((trigger, STYLES["trigger"]), *((hit, STYLES["hit"]) for hit in found)):
        text.stylize(style, max(span.start - sentence.start, 0), max(span.end - sentence.start, 0))
    return text


def _below(parts: Iterable[str]) -> Text:
    """The parts on a line of their own; nothing if there are none."""
    line = " · ".join(clean(part) for part in parts)
    return Text(f"\n{line}" if line else "", style="not bold")


def _where(doc: DocumentHead, claim: str) -> Text:
    where = (doc.outlet, doc.title, f"document {doc.id.removeprefix('sha256:')[:8]}", claim)
    return Text("\n" + " · ".join(clean(part) for part in where if part), style="not bold dim")


def render_stance_hits(hits: Iterable[StanceHit]) -> Table:
    """The stances found: when published, who stands how to whom, in which words."""
    table = make_table()
    table.add_column("When", no_wrap=True)
    table.add_column("Who stands how to whom", ratio=1)
    table.add_column("Conf.", justify="right")
    for hit in hits:
        table.add_row(hit.document.published or "undated", _stance(hit), f"{hit.stance.confidence:.2f}")
    return table


def _stance(hit: StanceHit) -> Text:
    actors = {actor.id: actor for actor in (hit.holder, hit.target) if actor}
    text = Text(clean(spell_stance(hit.stance, actors)), style="bold")
    text.append(f"\n“{clean(hit.stance.evidence.text)}”", style="not bold")
    says = hit.asserted_by.name if hit.asserted_by else "a speaker not singled out"
    return text.append(_below([f"says {says}"] if hit.stance.statement else [])).append(
        _where(hit.document, "")
    )

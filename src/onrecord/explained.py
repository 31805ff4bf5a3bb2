"""Chains of reasons, and actors of the table, as text for a terminal; see terminal.py for the styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from onrecord.cards import spell_day
from onrecord.console import STYLES, TABLE_WIDTH, clean, make_table
from onrecord.decisions import Decision
from onrecord.event_reasons import EventExplanation
from onrecord.identities import ActorDecision
from onrecord.provenance import Step
from onrecord.reasons import PUBLISHED_FROM, Explanation, Reason, spell_decision
from onrecord.records import Reading, Span
from onrecord.roster import Known, Listed
from onrecord.tenures import spell_term
from onrecord.terminal import Marker, marked_text, render_heading

# What readers see for the parts of a statement or an event.
PARTS = {
    "type": "Event", "actor": "Actor", "recipient": "Recipient", "asserter": "Says", "modality": "Modality",
    "date": "On", "location": "At", "context": "Context",
    "speaker": "Speaker", "cue": "Cue", "content": "Content", "via": "Via", "addressee": "To", "venue": "At",
    "said_on": "On", "within": "Within", "confidence": "Confidence",
}  # fmt: skip


def render_explanation(found: Explanation, reading: Reading, console: Console) -> RenderableType:
    """The sentences with the words marked, then a branch for each part of the statement."""
    stmt = next(s for s in reading.statements if s.id == found.statement)
    alone = msgspec.structs.replace(reading, statements=(stmt,), events=())
    return _render(found, f"statement {found.statement}", alone, console)


def render_event_explanation(found: EventExplanation, reading: Reading, console: Console) -> RenderableType:
    """The sentences with the words for the event and the statement around it, then a branch for each part."""
    event = next(e for e in reading.events if e.id == found.event)
    around = tuple(s for s in reading.statements if s.id == event.statement)
    alone = msgspec.structs.replace(reading, statements=around, events=(event,))
    return _render(found, f"event {found.event}", alone, console)


def _render(
    found: Explanation | EventExplanation, name: str, alone: Reading, console: Console
) -> RenderableType:
    parts: list[RenderableType] = [render_heading(alone.document), Text(_dated(found), style="dim"), Text()]
    for sentence in found.sentences:
        marked = marked_text(alone, Marker(console), 0.0, between=(sentence.start, sentence.end))
        parts += [_wrapped(marked, console), Text()]
    tree = Tree(Text(name, style="bold"), guide_style="dim")
    for reason in found.reasons:
        _add_reason(tree, reason)
    _add_lines(tree, "Notes", (note.message for note in found.notes))
    decided: tuple[Decision | ActorDecision, ...] = (*found.decisions, *found.identities)
    _add_lines(tree, "Decided by people", (spell_decision(made) for made in decided))
    return Group(*parts, tree)


def _wrapped(text: Text, console: Console) -> Text:
    text = Text.assemble("  ", text)
    return Text("\n  ").join(text.wrap(console, min(console.width, TABLE_WIDTH) - 2))


def _dated(found: Explanation | EventExplanation) -> str:
    if not found.published:
        return "undated: nothing says when it was published"
    origin = PUBLISHED_FROM.get(found.published_from or "", "where from is not stored")
    return f"published {spell_day(found.published)}, {origin}"


def _add_reason(tree: Tree, reason: Reason) -> None:
    label = Text(f"{PARTS.get(reason.part, reason.part)}: ", style="bold")
    if reason.found:
        label.append(clean(reason.found), style=STYLES.get(reason.part, "not bold"))
    elif reason.words and reason.part != "speaker":
        label.append(f"“{clean(reason.words[0].text)}”", style="not bold")
    else:
        label.append("open", style="italic not bold")
    branch = tree.add(label)
    for step in reason.steps:
        branch.add(_step(step))


def _step(step: Step) -> Text:
    text = Text(clean(step.says))
    if step.words:
        text.append(f"  {_place(step.words)}", style="dim")
    if step.row:
        since = f", known as of {step.row.as_of}" if step.row.as_of else ""
        text.append(f"\n{clean(step.row.actor)}: {clean(step.row.says)}")
        text.append(f"  [{clean(step.row.source)}{since}]", style="dim")
    return text


def _place(span: Span) -> str:
    return f"at {span.start}–{span.end}"


def _add_lines(tree: Tree, label: str, lines: Iterable[str]) -> None:
    said = [Text(clean(line)) for line in lines]
    if said:
        branch = tree.add(Text(label, style="bold"))
        for line in said:
            branch.add(line)


def render_actors(rows: Iterable[Listed]) -> Table:
    """Actors of the table: name, id, what and whose they are, offices, and where the row is from."""
    table = make_table()
    table.add_column("Actor", max_width=34, overflow="fold")  # an id must stay whole
    table.add_column("Kind")
    table.add_column("Of", no_wrap=True)
    table.add_column("Offices", ratio=1)
    table.add_column("From", max_width=22)
    for row in rows:
        name = Text(clean(row.name), style="bold").append(f"\n{clean(row.id)}", style="not bold dim")
        of = " ".join(x for x in (row.country, row.sector) if x)
        offices = [spell_term(term) for term in row.offices[:3]]
        offices += [f"and {len(row.offices) - 3} more"] if len(row.offices) > 3 else []
        table.add_row(name, row.kind, clean(of), clean("\n".join(offices), lines=True), clean(_origin(row)))
    return table


def _origin(row: Listed) -> str:
    if row.own:
        return "this record"
    return f"{row.source}, {row.as_of}" if row.as_of else row.source


def render_known(found: Known) -> RenderableType:
    """All that is known of one actor, line by line."""
    who = found.actor
    parts: list[RenderableType] = [Text(f"{clean(who.name)} ({clean(who.id)})", style="bold")]
    table = make_table(header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(ratio=1)
    for label, value in _facts(found):
        table.add_row(label, clean(value, lines=True))
    return Group(*parts, table)


def _facts(found: Known) -> Iterator[tuple[str, str]]:
    who = found.actor
    yield "is", ", ".join(x for x in (who.kind, who.country, who.sector) if x)
    yield "called", "; ".join(who.names or (who.name,))
    since = f", known as of {who.as_of}" if who.as_of else ""
    yield "row from", f"this record{since}" if who.own else f"{who.source}{since}"
    for term in who.offices:
        yield (
            "office",
            f"{spell_term(term)} ({term.office} of {term.of}) [{term.source}, known as of {term.as_of}]",
        )
    if found.documents is not None:
        yield "in the record", f"{found.statements} statements, in {found.documents} documents"
    for line in found.linked:
        yield "linked", line
    for made in found.decisions:
        yield "decided", f"{made.number}: {spell_decision(made)}"


def render_actor_decisions(made: Iterable[ActorDecision]) -> Table:
    """What people decided about actors: number, what, and whether it holds."""
    table = make_table()
    table.add_column("#", justify="right")
    table.add_column("Decision", ratio=1)
    table.add_column("Document", no_wrap=True)
    table.add_column("State", no_wrap=True)
    for decision in made:
        document = (decision.document or "all").removeprefix("sha256:")[:8]
        table.add_row(str(decision.number), clean(spell_decision(decision)), document, decision.state)
    return table

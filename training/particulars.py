"""How right the particulars of events are, given the gold events: mode, date, place, and what is merged.

    python -m training.particulars [GOLD.jsonl ...]   # the passages to train on, then each file

The files have the layout ``intl``. Marginal events are left out. ``alt`` counts as right for the mode. A date
or a place is right where its words touch the gold ones. For merging each gold event is taken apart into one
report a trigger, with the participants whose names stand in the report's own sentence; figures are of pairs
of reports of one type.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.build_gold import Row
from onrecord.circumstances import Asked, date_events, locate_events
from onrecord.clauses import find_sentence
from onrecord.merging import merge_events
from onrecord.modes import find_mode
from onrecord.plover import MODES, quad_of
from onrecord.records import Event, Mention, Span
from onrecord.sources.raw import RawDocument
from onrecord.text import Text, read_text
from training.annotate import ANNOTATED_EVENTS, build_training

Offsets = tuple[int, int]


def read_rows(path: Path) -> list[Row]:
    """The documents of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(rows: Iterable[Row]) -> Counter[str]:
    """All counts over the documents."""
    counts: Counter[str] = Counter()
    by_type: dict[str, Counter[str | None]] = defaultdict(Counter)
    for row in rows:
        text = read_text(RawDocument(data=row["text"], published=row["published"]))
        events = [e for e in row["events"] if not e.get("marginal")]
        if text.document.text != row["text"] or not events:
            continue
        count_modes(text, events, counts, by_type)
        count_circumstances(text, row, events, counts)
        count_merging(text, row, events, counts)
    counts["majority"] = sum(modes.most_common(1)[0][1] for modes in by_type.values())
    return counts


def count_modes(
    text: Text, events: Sequence[Row], counts: Counter[str], by_type: dict[str, Counter[str | None]]
) -> None:
    """Adds what is right among the modes of the types that have any."""
    for event in events:
        if not MODES[event["type"]]:
            continue
        alt = event.get("alt") or {}
        right = {event["mode"]} | ({alt.get("mode")} if alt.get("type") == event["type"] else set())
        found = mode_of(text, event["type"], tuple(event["trigger"]))
        by_type[event["type"]][event["mode"]] += 1
        counts.update({"modes": 1, "modes right": found in right, "modes told": found is not None})
        counts["modes told right"] += found is not None and found in right


def mode_of(text: Text, kind: str, trigger: Offsets) -> str | None:
    """The mode found for a trigger."""
    start, end = sentence_of(text, trigger)
    words = text.document.text
    return find_mode(kind, words[slice(*trigger)], words[start:end], trigger[0] - start)


def sentence_of(text: Text, trigger: Offsets) -> Offsets:
    """The sentence in which a trigger begins, as far as the trigger goes at least."""
    start, end = find_sentence(text, trigger[0])
    return start, max(end, trigger[1])


def count_circumstances(text: Text, row: Row, events: Sequence[Row], counts: Counter[str]) -> None:
    """Adds what is right among dates and places."""
    triggers = [t for e in row["events"] for t in triggers_of(e)]
    cues = [tuple(s["cue"]) for s in row["statements"] if s["cue"] and isinstance(s["cue"][0], int)]
    asked = [ask(text, e["type"], triggers_of(e), [*triggers, *cues]) for e in events]
    locations = locate_events(text, asked).locations
    for event, date, location in zip(events, date_events(text, asked), locations, strict=True):
        count_touching(counts, "dates", date.expression if date else None, event["date_expression"])
        count_touching(counts, "places", location.span if location else None, event["location"])
        if event["date"]:
            day = (date.from_ if date else None) or ""
            counts.update({"days": 1, "days right": day.startswith(event["date"].split("/")[0])})


def triggers_of(event: Row) -> list[Offsets]:
    """The trigger of an event and its others."""
    return [tuple(event["trigger"]), *map(tuple, event.get("other_triggers") or ())]


def ask(text: Text, kind: str, own: Sequence[Offsets], others: Iterable[Offsets]) -> Asked:
    """The question for the first of an event's triggers."""
    rivals = tuple(o for o in others if o not in own)
    return Asked(kind=kind, sentence=sentence_of(text, own[0]), trigger=own[0], others=rivals)


def count_touching(counts: Counter[str], what: str, found: Span | None, gold: Sequence[int] | None) -> None:
    """Adds one pair of words, found and gold."""
    right = found is not None and gold is not None and found.start < gold[1] and gold[0] < found.end
    counts.update(
        {f"{what} gold": gold is not None, f"{what} found": found is not None, f"{what} right": right}
    )


def count_merging(text: Text, row: Row, events: Sequence[Row], counts: Counter[str]) -> None:
    """Adds pairs of reports that are one event, in gold and as merged."""
    reports: list[Event] = []
    gold: list[int] = []
    for number, event in enumerate(events):
        for trigger in triggers_of(event):
            reports.append(report(text, row, event, trigger, id=str(len(reports))))
            gold.append(number)
    at = {(r.type, r.trigger.start, r.trigger.end): n for n, r in enumerate(reports)}
    found: dict[int, int] = {}
    for number, merged in enumerate(merge_events(reports)):
        for span in (merged.trigger, *merged.other_triggers):
            found[at.get((merged.type, span.start, span.end), -1)] = number
    for a, b in itertools.combinations(range(len(reports)), 2):
        if reports[a].type == reports[b].type:
            same, joined = gold[a] == gold[b], found.get(a, -1) == found.get(b, -2)
            counts.update({"pairs gold": same, "pairs found": joined, "pairs right": same and joined})


def report(text: Text, row: Row, event: Row, trigger: Offsets, *, id: str) -> Event:  # noqa: A002
    """One report of a gold event, saying what its own sentence says."""
    where = sentence_of(text, trigger)
    asked = ask(text, event["type"], [trigger], [t for e in row["events"] for t in triggers_of(e)])
    return Event(
        id=id,
        type=event["type"],
        mode=mode_of(text, event["type"], trigger),
        quad=quad_of(event["type"]),
        actor=participants(row, event, "actor", where, main=trigger == tuple(event["trigger"])),
        recipient=participants(row, event, "recipient", where, main=trigger == tuple(event["trigger"])),
        trigger=words(text, trigger),
        sentence=words(text, where),
        location=locate_events(text, [asked]).locations[0],
        date=date_events(text, [asked])[0],
        modality=event["modality"],
        statement=event["asserted_by"],
        confidence=1.0,
    )


def participants(row: Row, event: Row, role: str, where: Offsets, *, main: bool) -> tuple[Mention, ...]:
    """The participants of the main report; of another those that its sentence names."""
    named = {name for at, name in mentions_of(row) if where[0] <= at < where[1]}
    names = [n for n in event[f"{role}_name"] if main or n in named]
    return tuple(Mention(start=0, end=1, text=n[:1], actor=n, form="name") for n in names)


def mentions_of(row: Row) -> Iterator[tuple[int, str]]:
    """Where a document names whom, as far as gold tells."""
    yield from ((int(key.split(",")[0]), name) for key, name in row["actors"].items())
    for event in row["events"]:
        for role in ("actor", "recipient"):
            for span, name in zip(event[role], event[f"{role}_name"], strict=False):
                yield span[0], name


def words(text: Text, span: Offsets) -> Span:
    """The span with its words."""
    return Span(start=span[0], end=span[1], text=text.document.text[slice(*span)])


def share(counts: Counter[str], part: str, whole: str) -> str:
    """A percentage with the counts it rests on."""
    return f"{100 * counts[part] / max(counts[whole], 1):.1f} ({counts[part]} of {counts[whole]})"


def lines(name: str, counts: Counter[str]) -> Iterator[str]:
    """The figures of one set."""
    yield f"{name}"
    yield f"  mode accuracy {share(counts, 'modes right', 'modes')}"
    yield f"  mode accuracy of each type's commonest {share(counts, 'majority', 'modes')}"
    yield f"  mode precision where told {share(counts, 'modes told right', 'modes told')}"
    for what in ("dates", "places", "pairs"):
        precision, recall = (share(counts, f"{what} right", f"{what} {whole}") for whole in ("found", "gold"))
        yield f"  {what} precision {precision}, recall {recall}"
    yield f"  days right {share(counts, 'days right', 'days')}"


def main(arguments: Sequence[str]) -> int:
    """0 after printing the figures of each set."""
    sets: list[tuple[str, list[Any]]] = [("passages to train on", build_training(folder=ANNOTATED_EVENTS)[0])]
    sets += [(name, read_rows(Path(name))) for name in arguments]
    for name, rows in sets:
        sys.stdout.write("\n".join(lines(name, measure(rows))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

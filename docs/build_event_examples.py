"""Fills the marked sections of docs/events.md and README.md: tables from the code, examples from dispatches.

    python docs/build_event_examples.py             # all of them; needs the weights, takes a minute
    python docs/build_event_examples.py --check     # whether the tables are up to date; reads nothing

A section stands between ``<!-- made: NAME -->`` and ``<!-- end -->``. Examples are not chosen by hand: of the
events that show what a section is about, the surest in a short sentence is shown.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import msgspec

from onrecord.event_cards import find_uttered, make_event_cards, spell_stance
from onrecord.events import LEAST_EVENT
from onrecord.marked import number_events, number_statements
from onrecord.plover import CONTEXTS, MODES, QUADS, TYPES
from onrecord.records import Actor, Event, Mention, Reading, Stance
from onrecord.store import open_record

PAGE = Path(__file__).parent / "events.md"
README = Path(__file__).parents[1] / "README.md"
DISPATCHES = Path(__file__).parents[1] / "examples" / "october-1962"
SECTION = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
WIDE = 0.05
"""Confidence from which events are read here, so that rarer things have an example."""
LONGEST = 240
"""Characters of a sentence that is shown; longer ones only where no other fits."""
MODALITIES = ("actual", "future", "hypothetical", "negated", "historical")
ASKED = ("--party", "Khrushchev", "--limit", "4")
"""What the README asks the record of the demo."""
RECIPROCAL = ("AGREE", "CONSULT", "COOPERATE", "ASSAULT")


class Told(msgspec.Struct, frozen=True):
    """One event, and the reading that it is of."""

    reading: Reading
    event: Event

    def actor(self, mention: Mention) -> Actor | None:
        """Whom a mention stands for."""
        return next((a for a in self.reading.actors if a.id == mention.actor), None)

    def parties(self) -> list[tuple[Mention, Actor]]:
        """The mentions whose actors are known, with them."""
        both = [(m, self.actor(m)) for m in (*self.event.actor, *self.event.recipient)]
        return [(m, a) for m, a in both if a]

    def speaker(self) -> str | None:
        """The id of who asserts it, if it is a statement whose speaker is known."""
        return next((s.speaker for s in self.reading.statements if s.id == self.event.statement), None)


def _is_plain(told: Told) -> bool:
    event = told.event
    named = len(told.parties()) == len(event.actor) + len(event.recipient)
    return bool(event.actor and event.recipient) and named and event.statement is None and _happened(told)


def _happened(told: Told) -> bool:
    return told.event.modality == "actual"


def _goes_back(told: Told) -> bool:
    return any(m.form != "name" and a.linked_by not in (None, "metonym") for m, a in told.parties())


def _stands_for_state(told: Told) -> bool:
    return any(a.kind == "country" and m.text not in (a.name, f"the {a.name}") for m, a in told.parties())


def _has_body(told: Told) -> bool:
    return any(a.kind == "organization" and a.linked_by != "coreference" for _, a in told.parties())


def _is_reciprocal(told: Told) -> bool:
    event = told.event
    return event.type in RECIPROCAL and len(event.actor) > 1 and not event.recipient


def _is_performed(told: Told) -> bool:
    return bool(find_uttered(told.event, told.reading))


def _is_of(modality: str) -> Callable[[Told], bool]:
    return lambda told: told.event.modality == modality


def _is_claimed(told: Told) -> bool:
    return told.speaker() is not None


CHOICES: dict[str, tuple[int, Callable[[Told], bool]]] = {
    "plain": (3, _is_plain),
    "described": (1, _goes_back),
    "states": (1, _stands_for_state),
    "bodies": (1, _has_body),
    "reciprocal": (1, _is_reciprocal),
    **{modality: (1, _is_of(modality)) for modality in MODALITIES},
    "claimed": (2, _is_claimed),
    "performed": (2, _is_performed),
    "merged": (1, lambda told: bool(told.event.other_triggers)),
    "dated": (1, lambda told: bool(told.event.date and told.event.date.from_)),
    "located": (1, lambda told: bool(told.event.location and told.event.location.place)),
}
"""Section -> how many examples of it are shown, and what they have to show."""


def tables() -> dict[str, str]:
    """The sections that the code alone tells."""
    rows = [
        f"| `{t.name}` | {t.meaning} | {t.quad} | {t.score:g} | "
        f"{', '.join(_mode(mode, score) for mode, score in t.modes.items()) or '–'} |"
        for t in TYPES.values()
    ]
    types = ["| type | who does it | quad | score | modes (scores) |", "|---|---|---|---|---|", *rows]
    return {
        "types": "\n".join(types),
        "quads": "; ".join(f"{number}: {words}" for number, words in QUADS.items()) + ".",
        "default": f"Events are reported from {LEAST_EVENT:g}; of those about half are right throughout.",
        "contexts": ", ".join(f"`{context}`" for context in CONTEXTS),
        "counts": f"{len(TYPES)} types, {sum(map(len, MODES.values()))} modes, {len(CONTEXTS)} contexts.",
    }


def _mode(name: str, score: float | None) -> str:
    return f"`{name}` {score:g}" if score is not None else f"`{name}`"


def examples(readings: Sequence[Reading]) -> dict[str, str]:
    """The sections that show what was read."""
    told = [Told(reading, event) for reading in readings for event in reading.events]
    if not told:
        raise SystemExit("no event was read, so the weights are missing: build them (training/README.md)")
    told.sort(key=lambda t: (len(t.event.sentence.text) > LONGEST, -t.event.confidence))
    fitting = {name: [t for t in told if fits(t)] for name, (_, fits) in CHOICES.items()}
    sections = {"total": _count(readings), "stances": _show_stances(readings)}
    shown: set[str] = set()
    for name in sorted(fitting, key=lambda name: len(fitting[name])):  # the rarest have the first choice
        chosen = _choose(fitting[name], CHOICES[name][0], shown)
        sections[name] = "\n\n".join(map(_show, chosen)) or "*None in the sample dispatches.*"
    return sections


def _count(readings: Sequence[Reading]) -> str:
    sure = [event.confidence for r in readings for event in r.events]
    statements, fewer = sum(len(r.statements) for r in readings), sum(c >= LEAST_EVENT for c in sure)
    default = f"at {LEAST_EVENT} or above, the default, {fewer}; at {WIDE} or above {len(sure)}"
    below = f"An example below {LEAST_EVENT} is not reported by default."
    return f"In the {len(readings)} dispatches: {statements} statements; events {default}. {below}"


def _choose(told: Iterable[Told], count: int, shown: set[str]) -> list[Told]:
    """The first of different types and sentences, those whose sentence was not shown before in front."""
    chosen: list[Told] = []
    for one in sorted(told, key=lambda t: _line(t.event.sentence.text) in shown):
        same = (c for c in chosen if c.event.type == one.event.type or c.event.sentence == one.event.sentence)
        if len(chosen) < count and not any(same):
            chosen.append(one)
    shown.update(_line(t.event.sentence.text) for t in chosen)
    return chosen


def _show(told: Told) -> str:
    reading, event = told.reading, told.event
    numbered = number_events(reading)
    card = next(
        c for c in make_event_cards(numbered, reading, number_statements(reading)) if c.event == event.id
    )
    told_by = [f"says {card.asserter or 'the article'}"]
    told_by += ["done by saying it"] if card.uttered else []
    facts = [f"{label} {_line(value)}" for label, value in card.facts]
    line = [f"`{card.code.replace(' · ', ' ')}`", f"**{card.parties}**", event.modality, *told_by, *facts]
    return f"> {_marked(event)}\n\n{' · '.join([*line, card.confidence])}"


def _marked(event: Event) -> str:
    """The sentence with the trigger in bold."""
    whole, first = event.sentence.text, event.trigger.start - event.sentence.start
    last = first + len(event.trigger.text)
    return _line(f"{whole[:first]}**{whole[first:last]}**{whole[last:]}")


def _line(words: str) -> str:
    return " ".join(words.split())


def _show_stances(readings: Iterable[Reading]) -> str:
    """Three that events show and three that only words show, the surest first."""
    found = [(stance, reading) for reading in readings for stance in reading.stances]
    found.sort(key=lambda pair: -pair[0].confidence)
    rows = []
    for of_event, why in ((True, "by what it does"), (False, "by what it says")):
        kind = [pair for pair in found if _is_of_event(*pair) is of_event]
        lines = dict.fromkeys(_stance(*pair, why) for pair in kind)
        rows += list(lines)[:3]
    head = ["| stance | shown | in which words | confidence |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _is_of_event(stance: Stance, reading: Reading) -> bool:
    return any(event.trigger == stance.evidence for event in reading.events)


def _stance(stance: Stance, reading: Reading, why: str) -> str:
    actors = {actor.id: actor for actor in reading.actors}
    words = _line(stance.evidence.text)
    words = words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"| {spell_stance(stance, actors)} | {why} | “{words}” | {stance.confidence:.2f} |"


def listing(readings: Iterable[Reading]) -> str:
    """What ``onrecord events`` answers of the events that are reported by default, as on a terminal."""
    from onrecord.cli import main as run

    os.environ["COLUMNS"] = "96"
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.sqlite"
        with open_record(record) as store:
            for reading in readings:
                sure = tuple(e for e in reading.events if e.confidence >= LEAST_EVENT)
                store.write(msgspec.structs.replace(reading, events=sure))
        shown = io.StringIO()
        with redirect_stdout(shown):
            run(["events", *ASKED, "--record", str(record), "--format", "table"])
    lines = [
        f"$ onrecord events {' '.join(ASKED)} --record demo/record.sqlite",
        "",
        *shown.getvalue().splitlines(),
    ]
    return "\n".join(f"    {line}".rstrip() for line in lines)


def fill(page: str, sections: dict[str, str]) -> str:
    """The page with the sections that are given; the others stay as they are."""
    return SECTION.sub(
        lambda m: f"{m[1]}{sections[m[2]]}\n{m[3]}" if m[2] in sections else m[0],
        page,
    )


def main() -> int:
    """Writes the sections, or with ``--check`` compares the tables."""
    page = PAGE.read_text(encoding="utf-8")
    unknown = {m[2] for m in SECTION.finditer(page)} - {*tables(), *CHOICES, "total", "stances"}
    if unknown:
        raise SystemExit(f"{PAGE.name} has sections that nothing fills: {', '.join(sorted(unknown))}")
    if "--check" in sys.argv:
        return int(fill(page, tables()) != page)
    from onrecord.api import read_many
    from onrecord.pipeline import Engine

    readings = list(read_many([DISPATCHES], engine=Engine.load(least_event=WIDE)))
    PAGE.write_text(fill(page, tables() | examples(readings)), encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    README.write_text(fill(readme, {"listing": listing(readings)}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

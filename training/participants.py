"""How often the actors of events are named right where the words that stand for them are given.

    python -m training.participants [--verbose] FILE...

Each FILE holds annotated articles (the layout of ``onrecord evaluate intl``). Statements and coreference come
from the shipped weights; the words of every event's actors and recipients from the annotation. A role is
right where every wanted name has a mention and none is left over. Prints one line a file; with ``--verbose``
also the roles that are wrong. Nothing is fitted here: the figures say what the rules of
:mod:`onrecord.participants` can do at best for events that are found without a fault.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from onrecord.candidates import find_candidates
from onrecord.chain import complete_chains
from onrecord.evaluation.names import same_name
from onrecord.participants import Participants
from onrecord.pipeline import Engine
from onrecord.records import Mention
from onrecord.relays import name_relays
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.statements import build_statements
from onrecord.text import read_text
from onrecord.utterances import continue_utterances

Row: TypeAlias = dict[str, Any]
ROLES = ("actor", "recipient")


def open_participants(row: Row, engine: Engine) -> Participants:
    """The participants of an article after its statements are read, before any event is."""
    text = read_text(RawDocument(data=row["text"], published=row["published"]))
    ann = engine.encoder.annotate(text)
    candidates = find_candidates(engine.encoder, ann)
    statements = complete_chains(text, build_statements(text, ann, candidates, engine.weights))
    identified = identify_speakers(text, statements)
    final = name_relays(continue_utterances(text, identified.statements))
    return Participants(register=identified.register, statements=final, clusters=engine.clusters(text, ann))


def count_roles(row: Row, engine: Engine, *, verbose: bool) -> Iterator[str]:
    """What to count for one article: ``roles``, ``roles right``, ``events``, ``events right``."""
    cast = open_participants(row, engine)
    found = [
        {role: cast.resolve([(a, b) for a, b in event[role]]) for role in ROLES} for event in row["events"]
    ]
    names = {actor.id: actor.name for actor in cast.close()}
    for event, mentions in zip(row["events"], found, strict=True):
        if any(event[f"{role}_name"] and not event[role] for role in ROLES):
            yield "events without words"
            continue
        right = {role: agrees(event[f"{role}_name"], mentions[role], names) for role in ROLES}
        for role in (role for role in ROLES if event[role]):
            yield from ("roles", "roles right") if right[role] else ("roles",)
            if verbose and not right[role]:
                told = [(m.text, names.get(m.actor or "")) for m in mentions[role]]
                print(f"{row['document']}: {role} {event[f'{role}_name']}, not {told}")
        yield from ("events", "events right") if all(right.values()) else ("events",)


def agrees(wanted: list[str | None], mentions: tuple[Mention, ...], names: dict[str, str]) -> bool:
    """Whether every wanted name has a mention of its own and no mention is left over."""
    left = [names.get(m.actor or "") or m.text for m in mentions]
    kept = [name for name in wanted if name]
    for name in kept:
        hit = next((n for n, label in enumerate(left) if same_name(name, label)), None)
        if hit is None:
            return False
        del left[hit]
    return all(any(same_name(name, label) for name in kept) for label in left)


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description="Actors of events, their words given.")
    parser.add_argument("files", nargs="+", type=Path, help="annotated articles, one JSON object a line")
    parser.add_argument("--verbose", action="store_true", help="print the roles that are wrong")
    options = parser.parse_args()
    engine = Engine.load(events=False)
    for file in options.files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        counted = Counter(n for row in rows for n in count_roles(row, engine, verbose=options.verbose))
        print(f"{file}: {dict(sorted(counted.items()))}")


if __name__ == "__main__":
    main()

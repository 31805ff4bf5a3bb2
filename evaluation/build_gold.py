"""Build the project's own gold: verbatim annotations in, character offsets out.

    python evaluation/build_gold.py            # writes evaluation/gold/*.jsonl
    python evaluation/build_gold.py --check    # writes nothing; exit code 1 when a built file is out of date

A person annotates with words, never with numbers: every span is a string copied from the text, or
``["string", n]`` where it occurs more than once (n counts from 0). A string counts only where it
stands between word boundaries, so "he" is not found in "the". Whatever does not occur, or
occurs more than once without an n, is refused, as are parents that do not hold their child.

The rows are those of the hand-annotated corpora that ``onrecord evaluate intl`` reads.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

from onrecord.plover import MODES
from onrecord.records import Act, Modality, Mode

HERE = Path(__file__).resolve().parent
ANNOTATIONS = HERE / "gold" / "annotations"
EXAMPLES = HERE.parent / "examples" / "october-1962"
SETS = ("dispatches", "passages", "chains")
EVENTS = (
    "events"  # passages written for events; their statements are annotated only where an event needs them
)
LOOKALIKES = "lookalikes"  # what resembles an event and is none, alone or beside one that is
EVENT_SETS = (EVENTS, LOOKALIKES)
TEST_SHARE = 3  # one document in three is kept for the final test

Span = tuple[int, int]
Row = dict[str, Any]

DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?")
# Optional keys that are written only where they say something, as in the corpora of the same layout.
REMARKS = ("negated", "marginal", "speakers", "note")
# fmt: off
KNOWN = frozenset((
    "content", "source", "cue", "speaker", "mode", "act", "via", "via_words", "addressee", "venue",
    "said_expression", "said_on", "parent", *REMARKS,
))
EVENT_REMARKS = ("alt", "reciprocal", "presupposed", "marginal", "note")
KNOWN_EVENT = frozenset((
    "type", "mode", "actor", "recipient", "actor_name", "recipient_name", "trigger", "other_triggers",
    "location", "date_expression", "date", "modality", "asserted_by", *EVENT_REMARKS,
))
# fmt: on


class GoldError(Exception):
    """An annotation does not fit its text; the message says which and what to write instead."""


class StoryParagraphs(HTMLParser):
    """Collects a sample page's headline (its <h1>) and every <p> inside the element with class "story"."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.depth = 0
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self.depth or ("class", "story") in attrs):
            self.depth += 1
        if tag == "h1" or (tag == "p" and self.depth):
            self.open = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.depth:
            self.depth -= 1
        if tag in ("h1", "p"):
            self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.paragraphs[-1] += data


def read_example(file: str) -> str:
    """The text of a sample dispatch: a .txt whole, a page's main text, or ``wires.jsonl#id``'s text."""
    name, _, row_id = file.partition("#")
    raw = (EXAMPLES / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        page = StoryParagraphs()
        page.feed(raw)
        return "\n".join(page.paragraphs)
    if name.endswith(".jsonl"):
        rows = {row["id"]: row for row in map(json.loads, raw.splitlines())}
        return str(rows[row_id]["text"])
    return raw


def find_words(text: str, words: str) -> list[Span]:
    """Every place where the words stand in the text between word boundaries."""
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(left + re.escape(words) + right, text)]


def get_span(text: str, value: str | list[Any], where: str) -> Span:
    """The one place that a verbatim string, or ``[string, n]``, means; refuses anything else."""
    words, number = (value, None) if isinstance(value, str) else (value[0], value[1])
    found = find_words(text, words)
    if not found:
        raise GoldError(f"{where}: {words!r} does not occur in the text; copy the words as they stand")
    if number is None and len(found) > 1:
        raise GoldError(f'{where}: {words!r} occurs {len(found)} times; write ["{words}", n], n from 0')
    if (number or 0) >= len(found):
        raise GoldError(f"{where}: {words!r} occurs {len(found)} times; there is no number {number}")
    return found[number or 0]


def find_span(text: str, value: str | list[Any] | None, where: str) -> Span | None:
    """Like :func:`get_span`, and None for null."""
    return None if value is None else get_span(text, value, where)


def build_statement(text: str, given: Row, where: str) -> Row:
    """One statement with offsets in place of words, checked by itself."""
    if unknown := set(given) - KNOWN:
        raise GoldError(f"{where}: unknown keys {sorted(unknown)}; see evaluation/gold/README.md")
    if given["mode"] not in get_args(Mode) or given["act"] not in get_args(Act):
        raise GoldError(f"{where}: {given['mode']!r} / {given['act']!r} is no mode / act of records.py")
    if given.get("said_on") and not DATE.fullmatch(given["said_on"]):
        raise GoldError(f"{where}: {given['said_on']!r}; write YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD")
    if len(given.get("via", [])) != len(given.get("via_words", [])):
        raise GoldError(f"{where}: via and via_words must pair up; write one entry of each")
    if given.get("speakers") and given["speakers"][0] != given["speaker"]:
        raise GoldError(f"{where}: speaker must be the first of speakers")
    spans = {key: find_span(text, given.get(key), f"{where} {key}") for key in ("source", "cue")}
    more = {key: find_span(text, given.get(key), f"{where} {key}") for key in ("addressee", "venue")}
    return {
        "content": [get_span(text, part, f"{where} content") for part in given["content"]],
        **spans,
        "speaker": given["speaker"],
        "mode": given["mode"],
        "via": given.get("via", []),
        "via_words": [get_span(text, words, f"{where} via_words") for words in given.get("via_words", [])],
        **more,
        "said_expression": find_span(text, given.get("said_expression"), f"{where} said_expression"),
        "said_on": given.get("said_on"),
        "parent": given.get("parent"),
        "act": given["act"],
        **{key: given[key] for key in REMARKS if given.get(key)},
    }


def check_event_words(given: Row, where: str) -> None:
    """Refuses an event whose type, mode, modality, date, names or keys are not those of the layout."""
    if unknown := set(given) - KNOWN_EVENT:
        raise GoldError(f"{where}: unknown keys {sorted(unknown)}; see evaluation/gold/README.md")
    for kind in [given, *([given["alt"]] if given.get("alt") else [])]:
        if kind["type"] not in MODES or kind["mode"] not in (None, *MODES[kind["type"]]):
            raise GoldError(
                f"{where}: {kind['type']!r} / {kind['mode']!r} is no type / mode; see onrecord/plover.py"
            )
    if given["modality"] not in get_args(Modality):
        raise GoldError(f"{where}: {given['modality']!r} is no modality; write one of {get_args(Modality)}")
    if given["date"] and not DATE.fullmatch(given["date"]):
        raise GoldError(f"{where}: {given['date']!r}; write YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD")
    for role in ("actor", "recipient"):
        if len(given[role]) > len(given[f"{role}_name"]):
            raise GoldError(f"{where}: {role} has more spans than names; write a name for each")


def build_event(text: str, given: Row, where: str) -> Row:
    """One event with offsets in place of words, checked by itself."""
    check_event_words(given, where)
    lists = {
        key: [get_span(text, words, f"{where} {key}") for words in given.get(key, [])]
        for key in ("actor", "recipient", "other_triggers")
    }
    spans = {
        key: find_span(text, given.get(key), f"{where} {key}") for key in ("location", "date_expression")
    }
    trigger = get_span(text, given["trigger"], f"{where} trigger")
    if trigger in lists["other_triggers"] or set(lists["actor"]) & set(lists["recipient"]):
        raise GoldError(f"{where}: one span has two parts in the event; give each span one part")
    kept = {key: given[key] for key in KNOWN_EVENT - {*lists, *spans, "trigger"} if key in given}
    return {key: (kept | lists | spans | {"trigger": trigger})[key] for key in given}


def check_asserters(statements: list[Row], events: list[Row], document: str) -> None:
    """Refuses an asserter whose statement does not hold the trigger, and none where a statement holds it."""
    for index, event in enumerate(events):
        where = f"{document} event {index}"
        around = [s for s in statements if covered([event["trigger"]]) <= covered(s["content"])]
        speakers = {name for s in around for name in (s["speaker"], *s.get("speakers", [])) if name}
        if event["asserted_by"] and event["asserted_by"] not in speakers:
            raise GoldError(f"{where}: {event['asserted_by']!r} makes no statement that holds the trigger")
        if not event["asserted_by"] and speakers and not (event.get("presupposed") or event.get("marginal")):
            raise GoldError(f"{where}: {sorted(speakers)} state it; write asserted_by, or presupposed")


def covered(spans: list[Span]) -> set[int]:
    """The positions that the spans cover."""
    return {position for start, end in spans for position in range(start, end)}


def check_together(statements: list[Row], document: str) -> None:
    """Refuses parents that do not hold their child, contents that cross themselves, and wrong order."""
    for index, statement in enumerate(statements):
        where = f"{document} statement {index}"
        content = statement["content"]
        if any(first[1] > second[0] for first, second in itertools.pairwise(content)):
            raise GoldError(f"{where}: content spans overlap or are out of order; write them in text order")
        parent = statement["parent"]
        if parent is None:
            continue
        if not 0 <= parent < len(statements) or parent == index:
            raise GoldError(f"{where}: there is no parent {parent}; name the index of another statement")
        if not covered(content) <= covered(statements[parent]["content"]):
            raise GoldError(f"{where}: its content does not lie inside that of parent {parent}; check both")
    order = [(s["cue"] or s["content"][0])[0] for s in statements]
    if order != sorted(order):
        late = next(i for i in range(1, len(order)) if order[i] < order[i - 1])
        raise GoldError(f"{document} statement {late}: list the statements in the order of their cues")


def split_of(document: str) -> str:
    """``test`` for one document in three, ``dev`` for the rest, by the hash of its name."""
    return "test" if hashlib.sha256(document.encode()).digest()[0] % TEST_SHARE == 0 else "dev"


def build_row(given: Row) -> Row:
    """One document of gold: its text, and its statements by offsets."""
    document = given["document"]
    text = given.get("text") or read_example(given["file"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    if given.get("text_sha256", digest) != digest:
        raise GoldError(f"{document}: the text has changed; read it again, then set text_sha256 to {digest}")
    statements = [
        build_statement(text, statement, f"{document} statement {index}")
        for index, statement in enumerate(given["statements"])
    ]
    check_together(statements, document)
    events = [
        build_event(text, event, f"{document} event {index}")
        for index, event in enumerate(given.get("events", []))
    ]
    check_asserters(statements, events, document)
    named = [s for s in statements if s["source"] and s["speaker"]]
    actors = {f"{s['source'][0]},{s['source'][1]}": s["speaker"] for s in named}
    return {
        "document": document,
        "split": split_of(document),
        "source": "written for onrecord",
        "text_sha256": digest,
        "published": given["published"],
        "statements": statements,
        "events": events,
        "actors": actors,
        "text": text,
    }


def read_annotations(folder: Path) -> Iterator[Row]:
    """Every annotated document of a folder, or of the files FOLDER-*.json: a file holds one, or a list."""
    found = folder.glob("*.json") if folder.is_dir() else folder.parent.glob(f"{folder.name}-*.json")
    for path in sorted(found):
        held = json.loads(path.read_text(encoding="utf-8"))
        yield from held if isinstance(held, list) else [held]


def build_set(name: str) -> str:
    """The built JSON Lines of one set, as they should stand in evaluation/gold/<name>.jsonl."""
    kept: Row = {"statements_complete": False} if name in EVENT_SETS else {}
    kept |= {"split": "test"} if name == EVENTS else {}
    rows = [build_row(given) | kept for given in read_annotations(ANNOTATIONS / name)]
    names = [row["document"] for row in rows]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise GoldError(f"{name}: documents {twice} appear twice; give each its own name")
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well; 1 when an annotation is wrong or a built file is out of date."""
    parser = argparse.ArgumentParser(description="Build the project's gold from its annotations.")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    stale = 0
    for name in (*SETS, *EVENT_SETS):
        target = ANNOTATIONS.parent / f"{name}.jsonl"
        try:
            built = build_set(name)
        except GoldError as error:
            print(f"build_gold: {error}", file=sys.stderr)
            return 1
        if check and (not target.exists() or target.read_text(encoding="utf-8") != built):
            print(f"build_gold: {target.name} is out of date; run evaluation/build_gold.py", file=sys.stderr)
            stale = 1
        elif not check:
            target.write_text(built, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main())

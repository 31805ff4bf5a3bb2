"""What else finds quotations offline: one process for each peer, with nothing of onrecord in it.

    python peers.py NAME < TEXTS.json > FOUND.json

So a peer may live in an environment of its own (``--peer-python`` of bench.py).
TEXTS.json is a list of strings; FOUND.json says for each what was found, how
long it took, or what error lost the document.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points, version
from typing import Any

Found = dict[str, Any]  # content, source, cue: [start, end] or None
Finder = Callable[[str], list[Found]]

QUOTED = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"")
SAYING = r"said|says|told|asked|added|wrote|declared|replied|announced|warned|insisted|stated|continued"
NAME = r"(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+|[Hh]e|[Ss]he|[Tt]hey"
BESIDE = re.compile(rf"\s*(?:(?P<cue1>{SAYING}) (?P<name1>{NAME})|(?P<name2>{NAME}) (?P<cue2>{SAYING}))\b")
BEFORE = re.compile(rf"(?P<name>{NAME}) (?P<cue>{SAYING})[^.“”\"\n]{{0,20}}$")


class MissingPeerError(Exception):
    """The peer cannot run here; the message says why."""


def load_regex() -> tuple[str, Finder]:
    """The baseline anybody writes first: quotation marks, and a name beside a verb of saying."""
    return "written for this benchmark", lambda text: list(_match_quotations(text))


def _match_quotations(text: str) -> Iterator[Found]:
    for quoted in QUOTED.finditer(text):
        found: Found = {"content": quoted.span(), "source": None, "cue": None}
        if after := BESIDE.match(text, quoted.end()):
            side = "1" if after["cue1"] else "2"
            found |= {"source": after.span(f"name{side}"), "cue": after.span(f"cue{side}")}
        elif before := BEFORE.search(text[max(quoted.start() - 100, 0) : quoted.start()]):
            at = max(quoted.start() - 100, 0)
            found |= {
                name: [at + n for n in before.span(group)]
                for name, group in (("source", "name"), ("cue", "cue"))
            }
        yield found


def load_textacy() -> tuple[str, Finder]:
    """The direct quotations of textacy, over whichever small English spaCy model is installed."""
    try:
        import spacy
        from textacy.extract import direct_quotations
    except ImportError as error:
        raise MissingPeerError(f"not installed ({error.name}): pip install '.[bench]'") from error
    models = sorted(e.name for e in entry_points(group="spacy_models") if e.name.startswith("en_core_web_sm"))
    if not models:
        raise MissingPeerError("no package en_core_web_sm… is installed, and models are not downloaded here")
    pipeline = spacy.load(models[0])

    def find(text: str) -> list[Found]:
        return [
            {"content": _bounds(q.content), "source": _bounds(q.speaker), "cue": _bounds(q.cue)}
            for q in direct_quotations(pipeline(text))
        ]

    return f"textacy {version('textacy')}, spaCy {version('spacy')}, {models[0]}", find


def _bounds(tokens: Any) -> list[int] | None:
    """Where a list of spaCy tokens (or a span) begins and ends in the text."""
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])] if len(tokens) else None


PEERS: dict[str, Callable[[], tuple[str, Finder]]] = {"regex": load_regex, "textacy": load_textacy}


def run_peer(name: str, texts: list[str]) -> dict[str, Any]:
    """What the peer found in each text: a list, or the error by which it lost the document."""
    try:
        begin = time.perf_counter()
        what, find = PEERS[name]()
        loading = time.perf_counter() - begin
    except MissingPeerError as reason:
        return {"skipped": str(reason)}
    found: list[list[Found] | str] = []
    begin = time.perf_counter()
    for text in texts:
        try:
            found.append(find(text))
        except Exception as error:  # noqa: BLE001 (whatever a peer raises, the document is lost to it)
            found.append(f"{type(error).__name__}: {error}")
    seconds = time.perf_counter() - begin
    return {"what": what, "loading_seconds": loading, "seconds": seconds, "found": found}


if __name__ == "__main__":
    json.dump(run_peer(sys.argv[1], json.load(sys.stdin)), sys.stdout)

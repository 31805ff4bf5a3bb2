"""onrecord and its peers on the project's own gold: what is found, what is lost, how fast.

Peers that find direct quotations only are also scored on those alone, so that the
comparison is fair; what they lose by an error counts as found by nobody.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.articles import GOLD
from benchmarks.peers import PEERS
from benchmarks.processes import with_threads
from onrecord.errors import ModelError
from onrecord.evaluation import intl
from onrecord.evaluation.gold import AnnotatedText, read_gold
from onrecord.records import Actor, Document, Mention, ProducedBy, Reading, Span, Statement
from onrecord.sources.raw import RawDocument


def measure(peer_python: str) -> list[dict[str, Any]]:
    """A row for onrecord and for each peer that can run; the others say why not."""
    gold = read_gold(GOLD, AnnotatedText)
    rows = [_measure_onrecord(gold)]
    for name in PEERS:
        found = _run_peer(name, peer_python, [article.text for article in gold])
        rows.append({"peer": name, **(found if "skipped" in found else _score_peer(gold, found))})
    return rows


def _measure_onrecord(gold: Sequence[AnnotatedText]) -> dict[str, Any]:
    from onrecord.pipeline import Engine, read_many

    try:
        engine = Engine.load(threads=1)
    except ModelError as error:
        return {"peer": "onrecord", "skipped": str(error)}
    raws = [RawDocument(data=article.text, published=article.published) for article in gold]
    list(read_many(raws, engine=engine))  # warm
    begin = time.perf_counter()
    readings = list(read_many(raws, engine=engine))
    seconds = time.perf_counter() - begin
    what = f"onrecord {readings[0].produced_by.onrecord}"
    return {"peer": "onrecord", "what": what, **_row(gold, readings, seconds, lost=0)}


def _run_peer(name: str, peer_python: str, texts: Sequence[str]) -> dict[str, Any]:
    script = Path(__file__).with_name("peers.py")
    done = subprocess.run(
        [peer_python, str(script), name],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        env=with_threads(1),
        check=False,
    )
    if done.returncode:
        return {"skipped": (done.stderr.strip().splitlines() or ["failed without a word"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _score_peer(gold: Sequence[AnnotatedText], found: dict[str, Any]) -> dict[str, Any]:
    lost = [n for n, quotes in enumerate(found["found"]) if isinstance(quotes, str)]
    readings = [
        _reading(article.text, () if n in lost else quotes)
        for n, (article, quotes) in enumerate(zip(gold, found["found"], strict=True))
    ]
    return {"what": found["what"], **_row(gold, readings, found["seconds"], lost=len(lost))}


def _row(
    gold: Sequence[AnnotatedText], readings: Sequence[Reading], seconds: float, *, lost: int
) -> dict[str, Any]:
    compared = [intl.compare(article, reading) for article, reading in zip(gold, readings, strict=True)]
    figures = intl.figures(compared)
    direct = [
        i in c.pairs
        for c in compared
        for i, s in enumerate(c.article.statements)
        if s.mode == "direct" and not s.marginal
    ]
    return {
        "documents": len(gold),
        "documents_lost": lost,
        "statements_P": figures["content"]["P"],
        "statements_R": figures["content"]["R"],
        "statements_F1": figures["content"]["F1"],
        "direct_R": round(100 * sum(direct) / len(direct), 1),
        "speaker_right": figures["speaker_right"],
        "speaker_wrong": figures["speaker_wrong"],
        "documents_per_second": round(len(gold) / seconds, 1),
    }


def _reading(text: str, quotes: Iterable[dict[str, Any]]) -> Reading:
    """A peer's quotations as a reading; the words beside the verb are taken as the speaker's name."""
    statements = tuple(_statements(text, quotes))
    speakers = {s.speaker for s in statements if s.speaker}
    return Reading(
        document=Document(id=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", text=text),
        actors=tuple(Actor(id=name, name=name) for name in sorted(speakers)),
        statements=statements,
        produced_by=ProducedBy(onrecord="0", model="peer", model_sha256=""),
    )


def _statements(text: str, quotes: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    for n, quote in enumerate(quotes):
        spans = {role: _find_span(text, quote[role]) for role in ("content", "source", "cue")}
        content, source = spans["content"], spans["source"]
        if content is not None:
            yield Statement(
                id=str(n),
                content=(content,),
                cue=spans["cue"],
                source=Mention(start=source.start, end=source.end, text=source.text, form="name")
                if source
                else None,
                speaker=source.text if source else None,
                mode="direct",
                confidence=1.0,
            )


def _find_span(text: str, bounds: Sequence[int] | None) -> Span | None:
    return Span(start=bounds[0], end=bounds[1], text=text[bounds[0] : bounds[1]]) if bounds else None

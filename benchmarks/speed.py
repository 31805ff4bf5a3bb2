"""One process, one thread count: reading end to end against the bare session on the same windows.

Reading is timed with and without events: ``over_bare_session`` is without, ``events_over_reading`` says what
events and stances add.

    python -m benchmarks.speed ARTICLES.json --threads 1 --rounds 5

Article by article the two are timed one right after the other, so that whatever else
the machine does falls on both. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.encoder import Annotation, Encoder
from onrecord.pipeline import Engine, read
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text


def measure(texts: list[str], threads: int, rounds: int) -> dict[str, Any]:
    """Articles and wordpieces a second, and all time over the session's own (medians of rounds)."""
    begin = time.perf_counter()
    engine = Engine.load(threads=threads)
    loading = time.perf_counter() - begin
    raws = [RawDocument(data=text) for text in texts]
    annotations = [engine.encoder.annotate(read_text(raw)) for raw in raws]  # warms the session up, too
    pieces = sum(feeds["ids"].size for ann in annotations for feeds in session_feeds(engine.encoder, ann))
    plain = Engine(engine.encoder, engine.coreference)
    whole, without, bare = [], [], []
    for _ in range(rounds):
        read_seconds = plain_seconds = session_seconds = 0.0
        for raw, ann in zip(raws, annotations, strict=True):
            read_seconds += seconds_to_read(raw, engine)
            plain_seconds += seconds_to_read(raw, plain)
            session_seconds += bare_session_seconds(engine.encoder, ann)
        whole.append(read_seconds)
        without.append(plain_seconds)
        bare.append(session_seconds)
    seconds = statistics.median(whole)
    return {
        "threads": threads,
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "wordpieces": pieces,
        "loading_seconds": round(loading, 3),
        "seconds": round(seconds, 3),
        "bare_seconds": round(statistics.median(bare), 3),
        "articles_per_second": round(len(texts) / seconds, 2),
        "wordpieces_per_second": round(pieces / seconds),
        "over_bare_session": round(statistics.median(w / b for w, b in zip(without, bare, strict=True)), 3),
        "events_over_reading": round(
            statistics.median(w / p for w, p in zip(whole, without, strict=True)), 3
        ),
    }


def seconds_to_read(raw: RawDocument, engine: Engine) -> float:
    """How long an article takes from end to end."""
    start = time.perf_counter()
    read(raw, engine=engine)
    return time.perf_counter() - start


def session_feeds(encoder: Encoder, ann: Annotation) -> list[dict[str, Any]]:
    """Exactly what the session was fed for a text, window by window."""
    return [encoder.inputs(scored.window, ann.words, ann.paragraphs)[0] for scored in ann.windows]


def bare_session_seconds(encoder: Encoder, ann: Annotation) -> float:
    """How long the session alone takes for a text that was annotated before."""
    feeds = session_feeds(encoder, ann)
    start = time.perf_counter()
    for feed in feeds:
        encoder.session.run(None, feed)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = json.loads(args.articles.read_text(encoding="utf-8"))
    json.dump(measure(texts, args.threads, args.rounds), sys.stdout)


if __name__ == "__main__":
    main()

"""Fits the confidence of events: how sure the relation model is -> how often the whole event is right.

    python -m training.judgement DATA/intl/dev.jsonl training/annotated_events_dev.jsonl --elsewhere DATA

Every event that the model would report at any confidence is read and held against the gold: right is a
trigger of the gold with its type, its actors and its recipients; what matches a marginal event is left out.
With ``--elsewhere`` the dev part of ``annotated_elsewhere.jsonl`` is held against too; it has no names, so
there the parties are right where they stand at the places of the gold.
The sets are of unlike difficulty (and places are easier than names), so each but the first has a level of its
own in the fit: how sure is how sure for the articles of the first.

A logistic regression over what the model says of each (``onrecord.judgement.features``) goes into the card.
The tables that are logged tell precision and recall at thresholds, cross-validated by document.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from onrecord.coreference import find_heads
from onrecord.encoder import MODEL_FOLDER, Annotation, Encoder
from onrecord.evaluation.events import same_people
from onrecord.evaluation.gold import AnnotatedText, read_gold
from onrecord.evaluation.intl import gold_characters, span_characters
from onrecord.events import Draft, Found, complete_events, draft_events
from onrecord.judgement import Judgement
from onrecord.participants import Participants
from onrecord.pipeline import Engine, read
from onrecord.records import Event, Reading, Statement
from onrecord.relations import Relations
from onrecord.sightings import find_sighting_head, find_sightings
from onrecord.sources.raw import RawDocument
from onrecord.text import Text
from training.elsewhere import read_elsewhere

log = logging.getLogger("judgement")
FOLDS = 5
STEPS, RIDGE = 25, 0.002
NAMES = Judgement.__struct_fields__[1:]


class Recorder(Engine):
    """An engine that reports every event however unsure, unmerged, and keeps what it was told of each."""

    drafts: list[Draft]

    def events(
        self, text: Text, ann: Annotation, statements: tuple[Statement, ...], participants: Participants
    ) -> Found:
        """All events; ``drafts`` has one for each."""
        assert self.sighting
        assert self.relations
        sighted = find_sightings(text, ann, self.sighting)
        self.drafts = [d for s in sighted for d in draft_events(ann, s, self.relations, participants, 0.0)]
        return Found(*complete_events(text, self.drafts, statements))


Verdicts = list[bool | None]
"""Of each event of a reading whether it is right; None where it matches a marginal one."""


@dataclass
class Judged:
    """What was read of some texts, and how many events their gold has."""

    x: list[list[float]] = field(default_factory=list)  # features of each event
    y: list[bool] = field(default_factory=list)  # whether it is right
    home: list[str] = field(default_factory=list)  # its document
    gold: int = 0

    def add(self, document: str, drafts: Sequence[Draft], verdicts: Verdicts, gold: int) -> None:
        """Keeps the events of one document that are right or wrong."""
        for draft, verdict in zip(drafts, verdicts, strict=True):
            if verdict is not None:
                self.x.append([draft.features[name] for name in NAMES])
                self.y.append(verdict)
                self.home.append(document)
        self.gold += gold


def read_articles(engine: Recorder, articles: Iterable[AnnotatedText]) -> Judged:
    """The events of annotated articles, judged by the names of the parties."""
    judged = Judged()
    for article in articles:
        raw = RawDocument(data=article.text, published=article.published, published_from="input")
        verdicts = judge_all(article, read(raw, engine=engine))
        judged.add(article.document, engine.drafts, verdicts, sum(not e.marginal for e in article.events))
    return judged


def read_passages(engine: Recorder, rows: Iterable[dict[str, Any]]) -> Judged:
    """The events of passages that were annotated by offsets, judged by the places of the parties."""
    judged = Judged()
    for row in rows:
        found = read(RawDocument(data=row["text"]), engine=engine)
        verdicts = [_judge_placed(row["events"], event) for event in found.events]
        judged.add(row["id"], engine.drafts, verdicts, sum(not e.get("marginal") for e in row["events"]))
    return judged


def _judge_placed(gold: Sequence[dict[str, Any]], event: Event) -> bool | None:
    """Whether an event is one of the gold, its parties at the same places; None where that is marginal."""
    trigger = (event.trigger.start, event.trigger.end)
    touching = [
        g for g in gold if any(_touch(trigger, s) for s in (g["trigger"], *g.get("other_triggers", ())))
    ]
    typed = [g for g in touching if event.type in {g["type"], g.get("alt", {}).get("type")}]
    best = (typed or touching or [None])[0]
    if best is not None and best.get("marginal"):
        return None
    return bool(typed) and _same_places(typed[0], event)


def _same_places(gold: dict[str, Any], event: Event) -> bool:
    sides = [(gold[role], getattr(event, role)) for role in ("actor", "recipient")]
    if gold.get("reciprocal"):
        sides = [([*sides[0][0], *sides[1][0]], [*sides[0][1], *sides[1][1]])]
    return all(_one_to_one(wanted, [(m.start, m.end) for m in found]) for wanted, found in sides)


def _one_to_one(wanted: Sequence[Sequence[int]], found: Sequence[Sequence[int]]) -> bool:
    """Whether every place that is wanted is touched by one that was found, and none is left over."""
    return all(sum(_touch(w, f) for f in found) == 1 for w in wanted) and all(
        any(_touch(w, f) for w in wanted) for f in found
    )


def _touch(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def judge_all(article: AnnotatedText, reading: Reading) -> Verdicts:
    """Whether each event is right, its parties by their names."""
    names = {a.id: a.name for a in reading.actors}
    verdicts: Verdicts = []
    for event in reading.events:
        at = span_characters([event.trigger])
        touching = [
            g for g in article.events if at & (gold_characters(g.trigger) | gold_characters(g.other_triggers))
        ]
        touching.sort(key=lambda g: event.type not in g.types)
        if not touching:
            verdicts.append(False)
        elif touching[0].marginal:
            verdicts.append(None)
        else:
            verdicts.append(event.type in touching[0].types and same_people(touching[0], event, names))
    return verdicts


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bias and weights of a logistic regression with a ridge, by Newton's method."""
    x1 = np.column_stack((np.ones(len(x)), x))
    ridge = np.diag([0.0] + [RIDGE] * x.shape[1])
    w = np.zeros(x1.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x1 @ w))
        slope = x1.T @ (p - y) / len(y) + ridge @ w
        curve = (x1 * (p * (1 - p))[:, None]).T @ x1 / len(y) + ridge
        w -= np.linalg.solve(curve, slope)
    return w


def main() -> None:
    """The recipe; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--elsewhere", type=Path, help="the folder of the corpora")
    parser.add_argument("--models", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    encoder = Encoder.load()
    engine = Recorder(
        encoder,
        find_heads(MODEL_FOLDER, encoder.sha256),
        find_sighting_head(args.models, encoder.sha256),
        Relations.load(args.models, vocabulary=encoder.vocabulary),
    )
    sets = {path.stem: read_articles(engine, read_gold(path, AnnotatedText)) for path in args.gold}
    if args.elsewhere:
        sets["elsewhere"] = read_passages(engine, read_elsewhere(args.elsewhere, "dev"))
    x, y = (np.asarray([v for s in sets.values() for v in getattr(s, name)], dtype=float) for name in "xy")
    home = np.asarray([crc32(d.encode()) % FOLDS for s in sets.values() for d in s.home])
    level = np.repeat(np.eye(len(sets))[:, 1:], [len(s.y) for s in sets.values()], axis=0)
    p = np.zeros(len(y))
    for fold in range(FOLDS):
        out = home == fold
        w = fit(np.column_stack((x, level))[~out], y[~out])
        p[out] = 1 / (1 + np.exp(-(w[0] + x[out] @ w[1 : 1 + len(NAMES)])))
    begin = 0
    for name, judged in sets.items():
        part = slice(begin, begin := begin + len(judged.y))
        report(name, p[part], y[part], judged.gold)
    w = fit(np.column_stack((x, level)), y)[: 1 + len(NAMES)]
    judgement = dict(zip(("bias", *NAMES), (round(float(v), 4) for v in w), strict=True))
    log.info("%d events, %d right: %s", len(y), y.sum(), judgement)
    if args.out:
        card = json.loads(args.out.read_text(encoding="utf-8")) | {"confidence": judgement}
        args.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def report(name: str, p: np.ndarray, y: np.ndarray, gold: int) -> None:
    """Logs precision and recall of the events of one set at thresholds of confidence."""
    for least in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = p >= least
        right = y[kept].sum()
        shares = right / max(1, kept.sum()), right / gold
        log.info(
            "%s at %.1f: %d reported, precision %.1f, recall %.1f",
            name,
            least,
            kept.sum(),
            *(100 * v for v in shares),
        )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()

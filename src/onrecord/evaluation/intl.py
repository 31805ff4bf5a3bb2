"""Task ``intl``: statements against news annotated in full, with speakers, relays and occasions.

Statements match one to one at half their content's characters. Gold that a
defensible coder may omit (``marginal``), and what matches it, is left out on both
sides. A speaker is right where it is (one of) the named; wrong where it is
another, or anyone at all where nobody is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import msgspec

from onrecord.evaluation.calibration import Judged
from onrecord.evaluation.faults import Claim, Fault, claim_of, find_faults
from onrecord.evaluation.figures import found_and_missed, percent
from onrecord.evaluation.gold import AnnotatedText, GoldStatement, Offsets, spans_of
from onrecord.evaluation.names import name_words, same_name
from onrecord.evaluation.pairing import Pairs, pair_greedily
from onrecord.evaluation.roles import Roles, pair_roles, partially_right, read_words, roles_of
from onrecord.records import Reading, Span, Statement

PARTS = ("via", "addressee", "venue")
CharacterSet: TypeAlias = frozenset[int]


class Found(msgspec.Struct, frozen=True):
    """How many values of a part were found, are spurious, or were missed."""

    found: int
    spurious: int
    missed: int

    @property
    def differs(self) -> bool:
        """Whether anything is spurious or missed."""
        return bool(self.spurious or self.missed)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is right about one matched statement; None where gold does not ask."""

    named: bool
    speaker_right: bool
    speaker_wrong: bool
    mode: bool
    parent: bool | None
    date: bool | None
    act: bool | None
    negated: Found
    parts: dict[str, Found]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One article beside its reading: which statements match, and how well (marginal ones aside)."""

    article: AnnotatedText
    reading: Reading
    names: dict[str, str]
    pairs: Pairs
    verdicts: dict[int, Verdict]


def compare(article: AnnotatedText, reading: Reading) -> Comparison:
    """The article's statements matched with the reading's, and judged part by part."""
    names = {actor.id: actor.name for actor in reading.actors}
    pairs = _pair_contents(article.statements, reading.statements)
    return Comparison(
        article=article,
        reading=reading,
        names=names,
        pairs=pairs,
        verdicts={
            i: _judge(
                article.statements[i], reading.statements[j], names, _parent_right(article, reading, pairs, i)
            )
            for i, j in pairs.items()
            if not article.statements[i].marginal
        },
    )


def characters(spans: Iterable[tuple[int, int]]) -> CharacterSet:
    """The offsets of all characters inside the spans."""
    return frozenset(n for start, end in spans for n in range(start, end))


def gold_characters(value: Offsets) -> CharacterSet:
    """The characters of a gold offsets field."""
    return characters(spans_of(value))


def span_characters(spans: Iterable[Span | None]) -> CharacterSet:
    """The characters of predicted spans; missing ones have none."""
    return characters((span.start, span.end) for span in spans if span)


def _pair_contents(gold: Sequence[GoldStatement], predicted: Sequence[Statement]) -> Pairs:
    wanted = [gold_characters(s.content) for s in gold]
    found = [span_characters(s.content) for s in predicted]
    return pair_greedily(
        (-len(g & p) / len(g | p), i, j)
        for i, g in enumerate(wanted)
        for j, p in enumerate(found)
        if g & p and 2 * len(g & p) >= len(g | p)
    )


def _parent_right(article: AnnotatedText, reading: Reading, pairs: Pairs, i: int) -> bool | None:
    """Whether the statement stands inside the match of its gold parent; None where it has no parent."""
    parent = article.statements[i].parent
    if parent is None:
        return None
    return parent in pairs and reading.statements[pairs[i]].parent == reading.statements[pairs[parent]].id


def _judge(gold: GoldStatement, found: Statement, names: Mapping[str, str], parent: bool | None) -> Verdict:
    wanted, speaker = gold.speaker_names, names.get(found.speaker or "", "")
    right = bool(speaker) and any(same_name(speaker, name) for name in wanted)
    said_on = found.said_on.from_ if found.said_on else None
    return Verdict(
        named=bool(wanted),
        speaker_right=right,
        speaker_wrong=bool(speaker) and not right,
        mode=gold.mode == found.mode,
        parent=parent,
        date=said_on == gold.said_on.split("/")[0] if gold.said_on else None,
        act=found.act == gold.act if gold.act else None,
        negated=_judge_negation(bool(gold.negated), bool(found.negated)),
        parts={
            "via": _judge_relays(gold.via or (), found, names),
            "addressee": _judge_overlap(gold.addressee, found.addressee),
            "venue": _judge_overlap(gold.venue, found.venue),
        },
    )


def _judge_negation(gold: bool, found: bool) -> Found:
    return Found(int(gold and found), int(found and not gold), int(gold and not found))


def _judge_relays(wanted: Iterable[str], statement: Statement, names: Mapping[str, str]) -> Found:
    """Relays match by name, or where all words of the wanted name are in the found one."""
    left = [(mention.text, names.get(mention.actor or "", "")) for mention in statement.via]
    found = missed = 0
    for name in wanted:
        hit = next((n for n, labels in enumerate(left) if any(_names_relay(name, x) for x in labels)), None)
        if hit is None:
            missed += 1
        else:
            found += 1
            del left[hit]
    return Found(found, len(left), missed)


def _names_relay(wanted: str, found: str) -> bool:
    return same_name(wanted, found) or set(name_words(wanted)) <= set(name_words(found))


def _judge_overlap(gold: Offsets, found: Span | None) -> Found:
    """One value a side; found where they share a character. A wrong one is spurious and missed."""
    wanted, got = gold_characters(gold), span_characters([found])
    both = bool(wanted & got)
    return Found(int(both), int(bool(got) and not both), int(bool(wanted) and not both))


def figures(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Every figure about statements, in percent, with the counts they rest on."""
    n = _count(comparisons)
    verdicts = [v for c in comparisons for v in c.verdicts.values()]
    return {
        "content": found_and_missed(n["matched"], n["spurious"], n["missed"]),
        "speaker_right": percent(n["right"], n["named"]),
        "speaker_wrong": percent(n["wrong"], n["matched"]),
        "mode_right": percent(n["mode"], n["matched"]),
        "parent_right": percent(n["parent_right"], n["nested"]),
        "date_right": percent(n["date_right"], n["dated"]),
        "act_right": percent(n["act_right"], n["acts"]),
        "negated": _part_figures(v.negated for v in verdicts),
        **{part: _part_figures(v.parts[part] for v in verdicts) for part in PARTS},
        "counts": n,
    }


def _part_figures(parts: Iterable[Found]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(found=part.found, spurious=part.spurious, missed=part.missed)
    return found_and_missed(total["found"], total["spurious"], total["missed"])


def _count(comparisons: Iterable[Comparison]) -> dict[str, int]:
    verdicts = [v for c in comparisons for v in c.verdicts.values()]
    return {
        "matched": len(verdicts),
        "missed": sum(
            not s.marginal and i not in c.pairs
            for c in comparisons
            for i, s in enumerate(c.article.statements)
        ),
        "spurious": sum(len(c.reading.statements) - len(c.pairs) for c in comparisons),
        "named": sum(v.named for v in verdicts),
        "right": sum(v.speaker_right for v in verdicts),
        "unnamed": sum(not v.named for v in verdicts),
        "wrong": sum(v.speaker_wrong for v in verdicts),
        "dated": sum(v.date is not None for v in verdicts),
        "date_right": sum(bool(v.date) for v in verdicts),
        "acts": sum(v.act is not None for v in verdicts),
        "act_right": sum(bool(v.act) for v in verdicts),
        "mode": sum(v.mode for v in verdicts),
        "nested": sum(v.parent is not None for v in verdicts),
        "parent_right": sum(bool(v.parent) for v in verdicts),
    }


def firm(comparisons: Iterable[Comparison]) -> int:
    """How many gold statements are scored."""
    return sum(not s.marginal for c in comparisons for s in c.article.statements)


def judge_contents(comparisons: Iterable[Comparison]) -> list[Judged]:
    """Every prediction with its confidence; right where its content matches."""
    return [judged for c in comparisons for judged in _judged(c, c.pairs)]


def judge_partially(comparisons: Iterable[Comparison]) -> list[Judged]:
    """Every prediction with its confidence; right where it is partially right by words, as in PolNeAR."""
    return [judged for c in comparisons for judged in _judged(c, _pair_by_words(c))]


def _judged(c: Comparison, pairs: Pairs) -> Iterator[Judged]:
    """What matches a marginal statement is neither right nor wrong, and left out."""
    gold_of = {j: i for i, j in pairs.items()}
    for j, statement in enumerate(c.reading.statements):
        if j not in gold_of or not c.article.statements[gold_of[j]].marginal:
            yield Judged(statement.confidence, j in gold_of)


def _pair_by_words(c: Comparison) -> Pairs:
    words = read_words(c.article.text)
    gold = []
    for s in c.article.statements:
        source, cue, content = (words.covered(spans_of(value)) for value in (s.source, s.cue, s.content))
        gold.append(Roles(source=source, cue=cue, content=content, head=source))
    return pair_roles(gold, [roles_of(words, s) for s in c.reading.statements], partially_right)


def find_all_faults(comparisons: Iterable[Comparison]) -> Iterator[Fault]:
    """What was missed, is spurious, or has the content but another speaker, cue, relay …"""
    for c in comparisons:
        gold = [_claim(s) for s in c.article.statements]
        predicted = [claim_of(s, c.reading) for s in c.reading.statements]
        optional = {i for i, s in enumerate(c.article.statements) if s.marginal}
        differences = partial(_differences, c)
        yield from find_faults(
            c.article.document, c.article.text, gold, predicted, c.pairs, differences, optional
        )


def _claim(gold: GoldStatement) -> Claim:
    roles = ("source", "cue", "content", "addressee", "venue")
    spans = {role: spans_of(getattr(gold, role)) for role in roles}
    values = {"speaker": gold.speaker_names, "mode": gold.mode, "parent": gold.parent is not None}
    return Claim(spans, values | {"via": gold.via, "said_on": gold.said_on})


def _differences(c: Comparison, i: int, j: int) -> list[str]:
    gold, found, verdict = c.article.statements[i], c.reading.statements[j], c.verdicts[i]
    touching = (
        _judge_overlap(gold.source, found.source).differs,
        _judge_overlap(gold.cue, found.cue).differs,
    )
    parts = [verdict.parts[part].differs for part in PARTS]
    speaker = verdict.speaker_wrong or (verdict.named and not verdict.speaker_right)
    values = (speaker, not verdict.mode, verdict.parent is False, verdict.date is False)
    names = ("source", "cue", *PARTS, "speaker", "mode", "parent", "said_on")
    return [name for name, differs in zip(names, (*touching, *parts, *values), strict=True) if differs]

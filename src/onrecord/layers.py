"""Statements -> the same with the layers that stand around and inside them: who reports, who is reported.

"The minister said Karsa had promised to withdraw" is two statements, and so is "Karsa told the court X,
according to the transcript". The model often finds one of the two; the other is read here where the
words leave no doubt, and every statement is given the smallest one that holds it as its parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.clauses import Neighbours, Stretch, extent, find_neighbours, find_sentence, mention, read_clause
from onrecord.hearers import is_hearing_passive
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.outlets import is_told_outlet, tells_outlet
from onrecord.quotes import Quotation
from onrecord.records import Mode, Span, Statement, Venue
from onrecord.statements import NESTED, VERBATIM, claim_id
from onrecord.text import Text
from onrecord.turns import find_heading, find_turns

LAYER_CONFIDENCE = 0.8
"""Of statements read here: 18 of 20 came right on intl and chains (train and dev), 24 of 30 on our own."""
TURN_CONFIDENCE = 0.9
"""Of a transcript's turns, which their layout tells."""
_SAID_BEFORE = re.compile(
    r"(?:^|[,;]\s|[“\"])(?P<who>[^,;:.!?“”\"()]{2,80}?)\s(?P<cue>said|says)\s(?:that\s)?$"
)
_SPLIT_SOURCE = re.compile(r"(?P<who>.{2,80}?)\s(?P<cue>said|says)\s(?:that\s)?(?P<inner>.+)", re.DOTALL)
_LONG_CUE = re.compile(r"(?P<cue>(?:\w+\s)*?(?:said|says|told|wrote|added))\s(?:in|at|on|during|from)\b")
_RELAYED_SOURCE = re.compile(r"(?<=\w),?\s(?:quoted|cited|contacted|reached|interviewed)\sby\s.+", re.DOTALL)
_ISSUER = re.compile(
    rf"(?<=\w)\s(?:(?:has|have|had)\s)?(?:issued|released|put\sout)\s(?:an?|the|its|their)\s(?:\w+\s){{0,3}}?"
    rf"(?:{'|'.join(sorted(chains().issued))})$"
)
"""As in "the six states issued a statement", read as the source of "calling for": the states are."""
_CITING = re.compile(
    r",\s(?:citing|quoting|which\s(?:cited|quoted))\s(?P<who>[^,;:.!?“”\"()]{3,100})(?=[,.;]|\s*$)"
)
_CITING_FIRST = re.compile(r"\s*(?:Citing|Quoting)\s(?P<who>[^,;:.!?“”\"()]{3,100}),\s")
_CITES = re.compile(
    r"(?:\s(?:reported|reports|said|says|wrote|writes))?,\s(?:citing|quoting|which\s(?:cited|quoted|cites|quotes))\s.*",
    re.DOTALL,
)
"""What stands behind an outlet and was read as part of its name: "Reuters reported, citing two men"."""
_RELATIVE = re.compile(r",\s(?=(?:who|whose)\s)|,\swhere\s")
"""A clause that goes on with what is reported: in the training parts of intl and chains it belongs to the
content 7 times and to the article once ("which" is left alone: 4 to 3)."""
_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording\sto)\s(?P<who>[^,;:.!?“”\"()]{2,120}?)(?=[,.;]|$)")


def find_layers(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the layers around and inside them, in the order of their cues, parents set anew."""
    split = [part for stmt in statements for part in _split_source(text, stmt, statements)]
    split = [_take_relative(text, stmt, split) for stmt in split]
    outer = _one_a_cue([layer for stmt in split if (layer := _outer(text, stmt, split))])
    both = [*split, *outer, *_turns(text, split)]
    inner = _one_a_cue([layer for stmt in both for layer in _inner(text, stmt, both)])
    nested = _nest(sorted({stmt.id: stmt for stmt in (*inner, *both)}.values(), key=_position))
    return _nest([stmt for stmt in nested if not _is_own_attitude(stmt)])


def _is_own_attitude(stmt: Statement) -> bool:
    """Whether a speaker only says "I think" or "we agree" within his own words: no statement beside them."""
    if stmt.parent is None or stmt.source is None or stmt.cue is None:
        return False
    if fold(stmt.source.text) not in _FIRST_PERSONS:
        return False
    cue = fold(stmt.cue.text)
    return cue in chains().own or cue.split()[0] in chains().own


_FIRST_PERSONS = frozenset(("i", "we"))


def _turns(text: Text, statements: Sequence[Statement]) -> Iterator[Statement]:
    """A transcript's turns, those that nothing claims as a whole yet."""
    heading: Span | None = None
    around = find_neighbours(statements)
    for n, (who, said) in enumerate(find_turns(text)):
        if n == 0 and (words := find_heading(text, who[0])):
            heading = _span(text, words)
        spans = tuple(_span(text, stretch) for stretch in said)
        near = around.near(spans[0].start, spans[-1].end)
        if any(2 * _held(stmt.content, spans) > _size(spans) for stmt in near):
            continue
        turn = Statement(
            id="",
            source=mention(text.document.text, who),
            content=spans,
            mode="direct",
            venue=Venue(start=heading.start, end=heading.end, text=heading.text) if heading else None,
            confidence=TURN_CONFIDENCE,
        )
        yield _with_id(text, turn)


def correct_source(text: Text, stmt: Statement, around: Neighbours, shown: frozenset[str]) -> Statement:
    """The statement with its source where the sentence puts it.

    "The court was told that …": the subject of the passive heard it. "The Herald reported, citing two
    officials": the officials' statement, through the Herald. ``shown`` as in relays.py.
    """
    stmt = _own_report(text, _short_source(text, _short_cue(text, stmt)))
    if stmt.cue is None or stmt.source is None:
        return stmt
    whole = text.document.text
    near = whole[stmt.source.end : stmt.cue.start] if stmt.source.end <= stmt.cue.start else None
    if near is not None and not near.strip() and is_hearing_passive(stmt.cue.text):
        heard = stmt.addressee or stmt.source
        return _with_id(text, msgspec.structs.replace(stmt, source=None, addressee=heard))
    outlet = _CITES.sub("", stmt.source.text)
    if not is_told_outlet(outlet, shown):
        return stmt
    clause = read_clause(text, stmt, stmt.cue, around)
    source, relay = stmt.source, (stmt.source.start, stmt.source.start + len(outlet))
    if (found := _CITING_FIRST.match(whole, *clause.before)) and not _is_evidence(found["who"]):
        return _cited(text, stmt, found.span("who"), relay)
    for start, end in ((source.start, source.end), *clause.stretches()):
        found = _CITING.search(whole, start, end)
        if found and found.start() > source.start and not _is_evidence(found["who"]):
            return _cited(text, stmt, found.span("who"), relay)
    return stmt


def is_citation(text: Text, stmt: Statement) -> bool:
    """Whether ", which cited two officials" was taken for a statement: it tells whom an outlet carries."""
    if stmt.source is None or stmt.cue is None or fold(stmt.source.text) != "which":
        return False
    return fold(stmt.cue.text) in chains().quoting and text.document.text.endswith(", ", 0, stmt.source.start)


def _is_evidence(words: str) -> bool:
    """Whether what an outlet cites says nothing itself: "satellite images"."""
    listed = fold(words).split()
    return not listed or listed[-1] in chains().evidence


def _cited(text: Text, stmt: Statement, who: Stretch, relay: Stretch) -> Statement:
    """The statement of those cited, through the outlet that was its source."""
    cited, outlet = mention(text.document.text, who), mention(text.document.text, relay)
    taken = (*range(outlet.start, outlet.end), *range(cited.start, cited.end))
    via = tuple(m for m in stmt.via if m.start not in taken)
    return _with_id(text, msgspec.structs.replace(stmt, source=cited, via=(*via, outlet)))


def _short_cue(text: Text, stmt: Statement) -> Statement:
    """As "said in" and "said in a statement" are the cue "said": the occasion is read by itself."""
    found = _LONG_CUE.match(stmt.cue.text) if stmt.cue else None
    if found is None or stmt.cue is None:
        return stmt
    cue = _span(text, (stmt.cue.start, stmt.cue.start + found.end("cue")))
    return _with_id(text, msgspec.structs.replace(stmt, cue=cue))


def _short_source(text: Text, stmt: Statement) -> Statement:
    """As "a negotiator quoted by the Herald" is the negotiator: who relays him is read by itself."""
    found = (
        (_RELAYED_SOURCE.search(stmt.source.text) or _ISSUER.search(stmt.source.text))
        if stmt.source
        else None
    )
    if found is None or stmt.source is None:
        return stmt
    source = mention(text.document.text, (stmt.source.start, stmt.source.start + found.start()))
    return _with_id(text, msgspec.structs.replace(stmt, source=source))


def _own_report(text: Text, stmt: Statement) -> Statement:
    """As in "the Herald reported" without anybody else: the outlet speaks and relays nobody."""
    if stmt.source is not None or stmt.cue is None or len(stmt.via) != 1:
        return stmt
    outlet, cue = stmt.via[0], stmt.cue
    beside = text.document.text[outlet.end : cue.start] == " " if outlet.end <= cue.start else False
    if not beside or fold(cue.text).split()[-1] not in chains().reporting:
        return stmt
    return _with_id(text, msgspec.structs.replace(stmt, source=outlet, via=()))


def make_statement(
    text: Text, source: Stretch | None, cue: Stretch, content: tuple[Stretch, ...]
) -> Statement:
    """A statement read by rule, its id made as the others' are."""
    spans = tuple(_span(text, stretch) for stretch in content)
    said = Statement(
        id="",
        source=mention(text.document.text, source) if source else None,
        cue=_span(text, cue),
        content=spans,
        mode=_mode(text, spans),
        confidence=LAYER_CONFIDENCE,
    )
    return _with_id(text, said)


def _with_id(text: Text, stmt: Statement) -> Statement:
    """The statement under the hash of the document and the spans claimed."""
    roles: list[list[Span]] = [
        [stmt.source] if stmt.source else [], [stmt.cue] if stmt.cue else [], list(stmt.content)
    ]  # fmt: skip
    claimed = [[(span.start, span.end) for span in role] for role in roles]
    return msgspec.structs.replace(stmt, id=claim_id(text.document.id, claimed))


def _span(text: Text, stretch: Stretch) -> Span:
    return Span(start=stretch[0], end=stretch[1], text=text.document.text[slice(*stretch)])


def _mode(text: Text, content: Sequence[Span]) -> Mode:
    quoted = sum(_common(span, q) for span in content for q in text.quotations)
    share = quoted / sum(span.end - span.start for span in content)
    return "indirect" if share == 0 else "direct" if share >= VERBATIM else "mixed"


def _common(span: Span, quotation: Quotation) -> int:
    return max(0, min(span.end, quotation.end) - max(span.start, quotation.start))


def _split_source(text: Text, stmt: Statement, statements: Sequence[Statement]) -> Iterator[Statement]:
    """As "Marr said he" as the source of an inner statement is the outer one's source and cue, and "he"."""
    found = _SPLIT_SOURCE.fullmatch(stmt.source.text) if stmt.source else None
    if found is None or stmt.source is None or not stmt.content:
        yield stmt
        return
    start = stmt.source.start
    inner = (start + found.start("inner"), start + found.end("inner"))
    yield _with_id(text, msgspec.structs.replace(stmt, source=mention(text.document.text, inner)))
    cue = (start + found.start("cue"), start + found.end("cue"))
    if not _is_cue(cue, statements) and stmt.content[-1].end > inner[1]:
        who = (start + found.start("who"), start + found.end("who"))
        yield make_statement(text, who, cue, ((inner[0], stmt.content[-1].end),))


def _take_relative(text: Text, stmt: Statement, statements: Sequence[Statement]) -> Statement:
    """As in "X said he went to Karsa, where the mayor refused to see him": X told of the refusal too."""
    if stmt.cue is None or not stmt.content or stmt.content[0].start < stmt.cue.end:
        return stmt
    last = stmt.content[-1]
    found = _RELATIVE.match(text.document.text, last.end)
    if found is None:
        return stmt
    _, end = find_sentence(text, last.start)
    for other in statements:
        if other.source and other.source.start == found.end() and other.content:
            reach = other.content[-1].end
            if last.end < reach <= end and other.content[0].start > last.end:
                content = (*stmt.content[:-1], _span(text, (last.start, reach)))
                return _with_id(
                    text, msgspec.structs.replace(stmt, content=content, mode=_mode(text, content))
                )
    return stmt


def _is_cue(stretch: Stretch, statements: Sequence[Statement]) -> bool:
    return any(s.cue and s.cue.start < stretch[1] and stretch[0] < s.cue.end for s in statements)


def _outer(text: Text, stmt: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The layer around a statement that has none yet: "X said" before it, "according to X" beside it."""
    if stmt.cue is None or stmt.source is None or stmt.source.start > stmt.cue.start or not stmt.content:
        return None
    begin, end = find_sentence(text, stmt.cue.start)
    if stmt.content[0].start < stmt.cue.end or stmt.content[-1].end > end:
        return None
    whole = text.document.text
    said = _SAID_BEFORE.search(whole[begin : stmt.source.start])
    if said and not _is_cue(cue := (begin + said.start("cue"), begin + said.end("cue")), statements):
        who = (begin + said.start("who"), begin + said.end("who"))
        return make_statement(text, who, cue, ((stmt.source.start, stmt.content[-1].end),))
    return _according(text, stmt, statements, (begin, end))


def _according(
    text: Text, stmt: Statement, statements: Sequence[Statement], sentence: Stretch
) -> Statement | None:
    """As in "Karsa told the court X, according to the transcript": the transcript's layer around Karsa's."""
    whole, (begin, end) = text.document.text, sentence
    for found in _ACCORDING.finditer(whole, begin, end):
        if _is_cue(found.span("cue"), statements) or tells_outlet(found["who"]) or stmt.source is None:
            continue
        if _inside(found.start(), [span for s in statements for span in s.content]):
            continue
        ahead = whole[begin : found.start()].strip(' “"')
        if found.start() >= stmt.content[-1].end:
            content = (min(begin, stmt.source.start), stmt.content[-1].end)
        elif not ahead and found.end() <= stmt.source.start:
            content = (stmt.source.start, stmt.content[-1].end)
        else:
            continue
        return make_statement(text, found.span("who"), found.span("cue"), (content,))
    return None


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)


_VERBS = "|".join(sorted(chains().reported, key=len, reverse=True))
_TAKING = "|".join(sorted(chains().reported_objects, key=len, reverse=True))
_HEARING = "|".join(sorted(chains().reported_hearing, key=len, reverse=True))
_SUBJECT = r"(?:that\s)?(?P<who>[^\s,;:.!?“”\"()]+(?:\s(?!that\b|to\b|and\b)[^\s,;:.!?“”\"()]+){0,7}?)"
_AUXILIARY = (
    r"(?:(?:also|had|has|have|already|later|again|repeatedly|recently|never|once|twice|was|were|is|are)\s)*"
)
_REPORTED = re.compile(
    rf"{_SUBJECT}\s(?P<cue>{_AUXILIARY}(?:{_VERBS}))\s(?P<said>(?:that|not\sto|to)\s.+)|"
    rf"{_SUBJECT.replace('<who>', '<who2>')}\s(?P<cue2>{_AUXILIARY}(?:{_HEARING}))\s"
    rf"(?P<to>(?:(?!for\s)[^\s,;:.!?“”\"()]+\s){{0,6}}?)"
    rf"(?P<said2>(?:that|not\sto|to|whether|if|for)\s.+)|"
    rf"{_SUBJECT.replace('<who>', '<who3>')}\s(?P<cue3>{_AUXILIARY}(?:{_TAKING}))\s(?P<said3>.+)",
    re.DOTALL,
)
_NEXT = re.compile(
    r",?\s(?:and|but|while)\s(?=(?:that|had|has|have|was|were|would|he|she|it|they)\b)|[.!?]\s(?=[A-Z“\"])"
)
_NEXT_TO_NOUN = re.compile(_NEXT.pattern + r"|\s(?=(?:that|which|who)\s)")
_NO_SUBJECT_ENDS = frozenset("to be who which will would could can may might should must not been".split())


def _inner(text: Text, stmt: Statement, statements: Sequence[Statement]) -> Iterator[Statement]:
    """What the content itself reports in its first clause: "(that) Karsa had promised to withdraw"."""
    for span in stmt.content:
        start = span.start + len(span.text) - len(span.text.lstrip("“\"‘' "))
        found = _REPORTED.match(text.document.text, start, span.end)
        if found is None:
            continue
        n = next(n for n in ("", "2", "3") if found[f"cue{n}"])
        who, cue = f"who{n}", found.span(f"cue{n}")
        said = _first_clause(text.document.text, *found.span(f"said{n}"), noun=n == "3")
        unfit = fold(found[who]).split()[-1] in _NO_SUBJECT_ENDS
        if not unfit and not _is_cue(cue, statements) and said[1] > said[0]:
            yield make_statement(text, found.span(who), cue, (said,))


def _first_clause(text: str, start: int, end: int, *, noun: bool) -> Stretch:
    """As far as what is reported reaches: to the next clause, of a noun to what is told of it."""
    stop = (_NEXT_TO_NOUN if noun else _NEXT).search(text, start, end)
    words = text[start : stop.start() if stop else end].rstrip(" ,.;:")
    if words[-1:] in tuple('"”') and len(re.findall('["“”]', words)) % 2:
        words = words[:-1].rstrip(" ,.;:")
    return start, start + len(words)


def _one_a_cue(layers: Sequence[Statement]) -> list[Statement]:
    """Of several layers read for one cue, the one that holds most."""
    largest = sorted(layers, key=lambda stmt: _size(stmt.content))
    return list({(s.cue.start, s.cue.end): s for s in largest if s.cue}.values())


def _position(stmt: Statement) -> tuple[int, int]:
    first = stmt.cue or (stmt.content[0] if stmt.content else None)
    return (first.start, first.end) if first else (0, 0)


def _nest(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Every statement with the smallest other one whose content holds it, cue and all, as its parent."""
    around = find_neighbours(statements)
    return tuple(msgspec.structs.replace(stmt, parent=_parent(stmt, around)) for stmt in statements)


def _parent(stmt: Statement, around: Neighbours) -> str | None:
    claim = [*stmt.content, *([stmt.cue] if stmt.cue else [])]
    if not (size := _size(claim)):
        return None
    own = _size(stmt.content)
    holding = [
        other
        for other in around.near(*extent(stmt))
        if _size(other.content) > own and _held(claim, other.content) >= NESTED * size
    ]
    return min(holding, key=lambda other: _size(other.content)).id if holding else None


def _size(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _held(inner: Sequence[Span], outer: Sequence[Span]) -> int:
    return sum(max(0, min(i.end, o.end) - max(i.start, o.start)) for i in inner for o in outer)

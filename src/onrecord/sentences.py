"""Text -> paragraphs and sentences, as offsets into the text.

Every mark that may end a sentence is judged by what stands before it (an
abbreviation, an initial) and behind it (a small letter, a speech verb). A
quotation of several sentences is cut inside too; a closing mark stays with the
sentence it closes: ``“We wait. We hope,” he said.`` is ``“We wait.`` and ``We hope,” he said.``
Marks need not balance: none is matched with a partner far away, so a lost one
costs nothing.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Offsets: TypeAlias = tuple[int, int]

_PARAGRAPH = re.compile(r"\S(?:[^\n\r\u2028\u2029\x85]*\S)?")
# A run of end marks, what closes behind it (marks, brackets, footnote numbers), then white space. The
# look-behind keeps the scan linear: a run is tried at its first mark only.
_END = re.compile(r"(?<![.!?…])([.!?…]++)((?:[”\"’'»›)\]}]|\[\d{1,3}\])*+)(?=\s)")
_DETACHED = re.compile(r"\s{1,3}(?:[”»]|''|\")(?=\s|\Z)")
_TOKEN_BEFORE = re.compile(r"[^\s“”\"‘«»()\[\]—–/]*\Z")
_NEXT = re.compile(r"\s+((?:[“”\"‘’'`«»‹›(\[{—–―•*-]|\.\.\.|…)*\s?)([^\W\d_][\w’'.-]{0,30}|\d)?")
_OPENED = frozenset("“\"‘'«‹`")
_TAIL = 40  # characters looked at before a mark: longer than any abbreviation with its initials


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_TITLES = _words(
    """adm amb brig capt cdr cmdr cmdt col cpl det dr ens fr ft gen gov hon lt ltd-gen maj messrs mme mlle
    mr mrs ms msgr mt pfc pres prof pvt rep reps rev sen sens sgt spc ste supt vs viz cf e.g i.e ca approx
    gens govs lts lt.gen maj.gen brig.gen lt.col"""
)
"""Never the end of a sentence: a name or an explanation follows."""
_MONTHS = _words(
    """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"""
)
_NUMBERED = _words("""no nos art arts sec ch fig figs p pp par para vol res""")
"""Abbreviations only before a figure: "No. 5", but "No." is an answer."""
_EITHER = _words(
    """u.s u.n u.k e.u u.s.a u.s.s.r u.a.e d.c n.y l.a d.p.r.k p.r.c a.m p.m inc corp co ltd plc bros llc
    s.a jr sr etc al ph.d m.d b.a m.a m.p n.j calif conn fla ala ariz ark colo del ga ill ind kan ky la
    mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo dept univ assn ave blvd
    rd est min max dist natl intl gov't sq lb lbs oz mph km gmt st"""
)
"""May end a sentence: they do where a word follows that begins sentences rather than names."""
_WORDS_TOO = _words(
    """mar sun sat wed mon ill ind mass miss la del co al ore wash est min max art sec par ch res fr ft
    ga md pa"""
)
"""Of those above, words of their own when written small: "a breach of the art." ends a sentence."""
_STARTERS = _words(
    """the a an this that these those there here it its he she they we you his her their our my your who
    what when where why how which if in on at by for from with without as after before during since while
    although though despite but and or so yet nor however meanwhile still then now also both each every
    all some many most several few no not nothing none one two three according asked speaking let under
    over about between among because until once only even such another other earlier later last today
    tomorrow yesterday is are was were do does did has have had can could would should will may might
    must"""
)
"""Words that begin a sentence when capitalised; a name after an abbreviation hardly ever is one."""
_AFTER_CLOCK = _words(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July
    August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec EST EDT ET
    CST CDT PST PDT GMT UTC BST CET CEST MSK Eastern Pacific Central Moscow Greenwich"""
)
"""Capitalised words that go on after "9 p.m."."""
_SPEECH = (
    "said|says|asked|asks|added|adds|told|tells|wrote|writes|wondered|replied|responded|shouted|cried|"
    "demanded|declared|warned|exclaimed|tweeted|continued|concluded|insisted|quipped|inquired|chanted|screamed|recalled|thundered"
)
_ATTRIBUTED = re.compile(
    rf"\s+(?:[A-Z][\w’'.-]*\s+|of\s+|the\s+){{1,5}}(?:then\s+|later\s+|also\s+)?(?:{_SPEECH})\b"
)


def find_paragraphs(text: str) -> tuple[Offsets, ...]:
    r"""The paragraphs of ``text``: lines (ended by any Unicode line end) without the white space around them.

    >>> find_paragraphs("One.\r\n\r\n  Two. ")
    ((0, 4), (10, 14))
    """
    return tuple(found.span() for found in _PARAGRAPH.finditer(text))


def find_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Offsets, ...]:
    """The sentences of the paragraph ``text[start:end]``, in order and disjoint.

    They hold every character of it that is not white space, and each holds a
    letter or a figure unless the whole paragraph has none.

    >>> text = "“We wait. We hope,” Gen. Ost said. He left."
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['“We wait.', 'We hope,” Gen. Ost said.', 'He left.']
    """
    end = len(text) if end is None else end
    sentences: list[Offsets] = []
    begin = waiting = start
    for cut in [*_find_cuts(text, start, end), end]:
        if any(map(str.isalnum, text[begin:cut])):
            sentences.append(_trimmed(text, waiting, cut))
            waiting = cut
        elif (
            sentences and not text[begin:cut].isspace() and begin < cut
        ):  # lone marks belong to what they follow
            sentences[-1] = (sentences[-1][0], _trimmed(text, begin, cut)[1])
            waiting = cut
        begin = cut
    if not sentences and text[start:end].strip():
        sentences.append(_trimmed(text, start, end))
    return tuple(sentences)


def _trimmed(text: str, start: int, end: int) -> Offsets:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _find_cuts(text: str, start: int, end: int) -> list[int]:
    """The offsets just behind a sentence's last mark."""
    cuts = []
    counted, doubles = start, 0
    for found in _END.finditer(text, start, end):
        cut = found.end()
        detached = _DETACHED.match(text, cut, end)
        if detached is not None:
            doubles += text.count('"', counted, cut)
            counted = cut
            # A straight mark with space on both sides closes only what is open.
            if detached[0][-1] != '"' or doubles % 2:
                cut = detached.end()
        if cut < end and _ends_sentence(text, start, end, found, cut):
            cuts.append(cut)
    return cuts


def _ends_sentence(text: str, start: int, end: int, found: re.Match[str], cut: int) -> bool:
    following = _NEXT.match(text, cut, end)
    if following is None:
        return True
    marks, word = following[1], following[2]
    if word and word[0].islower():
        return False
    if word is None and not marks.strip():
        return True  # a symbol, or a script without capitals
    opens = not _OPENED.isdisjoint(marks)
    run = found[1]
    if "!" in run or "?" in run:
        return not (found[2] and _ATTRIBUTED.match(text, cut, min(end, cut + 120)))
    starts = opens or (word is not None and _is_starter(word))
    if run == ".":
        token = _token_before(text, start, found.start())
        return _ends_after(token, word or "", starts, closed=bool(found[2]))
    # Three dots are a pause as often as an end; the fourth is the full stop.
    return (starts and not (word or "").startswith("I")) or len(run) > 3


def _token_before(text: str, start: int, stop: int) -> str:
    """The word that the full stop stands behind, without marks that open or precede it."""
    window = text[max(start, stop - _TAIL) : stop]
    found = _TOKEN_BEFORE.search(window)
    return found[0].strip("'’,;:`") if found else ""


def _ends_after(token: str, word: str, starts: bool, *, closed: bool) -> bool:
    """Whether the full stop behind ``token`` ends the sentence, ``word`` being the next."""
    name = token.lower().lstrip("-")
    small = token.islower() and name in _WORDS_TOO
    if closed and name not in _EITHER:
        return True
    if name in _TITLES and not small:
        return False
    if name in _MONTHS and not small:
        return not word[:1].isdigit()
    if name in _NUMBERED:
        return not word[:1].isdigit()
    if name in ("a.m", "p.m") and word not in _AFTER_CLOCK:
        return True
    if (name in _EITHER and not small) or _is_initial(token):
        return starts
    return True


def _is_initial(token: str) -> bool:
    """Whether the token is an initial or a chain of them: "J", "J.F", "U.S"."""
    parts = token.split("-")[-1].split(".")
    return all(len(part) == 1 and part.isupper() for part in parts)


def _is_starter(word: str) -> bool:
    bare = re.split(r"[’'.-]", word, maxsplit=1)[0].lower()
    return bare in _STARTERS or word in ("I", "I’m", "I'm", "I’ve", "I've")

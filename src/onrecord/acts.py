"""Statements -> statements with their acts: what is done by saying it, and whether it is hedged or negated.

The cue decides where it names the act ("condemned", "vowed"). Where it only says ("said", "according to"),
the form and the words of what was said decide: the speaker's own future is an intention or a promise, a
judgement accuses or praises, and what shows nothing asserts. The label is of the utterance, so "denied" is
the act of denying and not a negated one; "declined to say" is negated.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.act_evidence import Evidence, read_evidence
from onrecord.cue_senses import CueSense, read_cue
from onrecord.records import Act, Statement
from onrecord.text import Text

PERFORMED: dict[str, str] = {
    "request": "REQUEST",
    "demand": "REQUEST",
    "accuse": "ACCUSE",
    "praise": "SUPPORT",
    "promise": "AGREE",
    "offer": "AGREE",
    "accept": "AGREE",
    "reject": "REJECT",
    "threaten": "THREATEN",
}
_SAID: frozenset[Act | None] = frozenset((None, "assert", "deny", "ask", "other"))
"""Acts that a negation undoes: who did not say, confirm or deny has done something else."""
_HARSH = frozenset("call brand label".split())
_SWEARING = frozenset("vow promise swear pledge".split())
_DECLARING = frozenset("announce declare confirm".split())
_REFUSING = frozenset("reject dismiss deny denial rejection".split())
_EMPTY = frozenset(("have", "give", "make", "state", "offer", "", "say nothing"))
"""Cues that report silence where what follows is nothing: "had no comment"."""
PERFORMING: frozenset[Act] = frozenset(
    ("accuse", "praise", "request", "demand", "reject", "accept", "intend", "threaten")
)
"""Acts that a verb beside "I" or "we" does; "we believe" and "we hope" are as good as saying."""
SHORT = 30
"""Words up to which a question at the end makes the whole a question."""
_JUDGING = frozenset(
    "call brand label dub term describe characterise characterize depict portray refer to".split()
)


def read_acts(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with ``act``, ``hedged`` and ``negated`` filled in."""
    return tuple(_with_act(text.document.text, stmt) for stmt in statements)


def performed(act: str) -> str | None:
    """The PLOVER type of the event that an act is by itself; None where it is none.

    >>> performed("demand"), performed("assert")
    ('REQUEST', None)
    """
    return PERFORMED.get(act)


def named_act(text: Text, stmt: Statement) -> Act | None:
    """The act that the cue itself names ("condemned"), None where only the content shows it.

    Of the statements of intl train whose cue names an act that is an event, 31 of 47 perform it in the gold
    and 7 more as a marginal event; of those whose content alone shows such an act, 1 of 17 and 3.
    """
    cue = read_cue(text.document.text, stmt)
    return None if cue.is_open or cue.negated else judge(cue, read_evidence(stmt))


def _with_act(text: str, stmt: Statement) -> Statement:
    cue, said = read_cue(text, stmt), read_evidence(stmt)
    return msgspec.structs.replace(
        stmt,
        act=judge(cue, said),
        hedged=cue.hedged or "hedged" in said.forms,
        negated=is_negated(cue, said),
    )


def is_negated(cue: CueSense, said: Evidence) -> bool:
    """Whether it is reported that something was not said: "declined to say", "had no comment"."""
    return cue.negated or (cue.phrase in _EMPTY and "nothing" in said.forms)


def judge(cue: CueSense, said: Evidence) -> Act:
    """The act of a statement, from what its cue and its content tell."""
    if is_negated(cue, said) and (cue.act in _SAID or cue.phrase.startswith("refus")):
        return "other"
    if cue.phrase in _JUDGING and not cue.is_framed:
        return _judgement(said, default="accuse" if cue.phrase in _HARSH else "assert")
    if cue.phrase in _DECLARING and "will" in said.forms:
        return _own_future(said)
    if cue.phrase.startswith("announce") and "future" in said.forms:
        return "intend"
    if not cue.is_open and cue.act and not (cue.act == "other" and cue.frame == "quote" and not cue.negated):
        return _in_view(cue, cue.act, said)
    return _said(said)


def _in_view(cue: CueSense, act: Act, said: Evidence) -> Act:
    """The act that a cue names, in view of what it governs."""
    counts = said.counts
    if act == "promise" and cue.phrase.split()[0] in _SWEARING and counts["harms"] + counts["answers"]:
        return "threaten"
    if act == "warn" and (
        ("will" in said.forms and counts["harms"]) or ("future" in said.forms and counts["answers"])
    ):
        return "threaten"
    claims = counts["charges" if cue.phrase == "reject" else "claims"]
    if cue.phrase in _REFUSING and counts["offers"] != claims:
        return "reject" if counts["offers"] > claims else "deny"
    return act


def _own_future(said: Evidence) -> Act:
    """What it is to say that one will do something."""
    if said.counts["harms"]:
        return "threaten"
    return "promise" if said.counts["helps"] else "intend"


def _judgement(said: Evidence, *, default: Act) -> Act:
    """What calling a thing by a name does."""
    counts = said.counts
    bad, good = counts["condemns"] + counts["faults"], counts["praises"] + counts["merits"]
    if counts["untrue"]:
        return "deny"
    return default if good == bad else "praise" if good > bad else "accuse"


def _said(said: Evidence) -> Act:
    """The act of what was merely said: the first of the signs that holds."""
    counts, forms = said.counts, said.forms
    if said.performs and said.performs in PERFORMING:
        return said.performs
    signs: tuple[tuple[bool, Act], ...] = (
        ("silent" in forms, "other"),
        ("question" in forms and len(said.words) <= SHORT, "ask"),
        ("will-not" in forms or "rather" in forms, "reject"),
        ("will" in forms, _own_future(said)),
        ("denial" in forms, "deny"),
        (bool(counts["condoles"]), "other"),
        (counts["condemns"] > counts["praises"], "accuse"),
        (bool(counts["praises"]), "praise"),
        ("fear" in forms, "warn"),
    )
    return next((act for holds, act in signs if holds), "assert")

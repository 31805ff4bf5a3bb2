"""What is done by saying it: a case is a sentence, its cue in [brackets] and its content in {braces}."""

from __future__ import annotations

import re
from typing import Any

import factory
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.acts import named_act, performed, read_acts
from onrecord.cue_senses import vocabulary
from onrecord.evaluation.gold import AnnotatedText, GoldStatement
from onrecord.evaluation.intl import compare, figures
from onrecord.records import Mention, Span, Statement
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text

ACTS = """
assert   | The harbour master [said] {the pier would reopen on Friday}.
assert   | [According to] the almanac, {the river froze in four winters}.
assert   | The ministry [announced] {that two schools had been painted}.
assert   | The clerk [confirmed] {the figures}.
assert   | The observatory [reported] {a second tremor}.
assert   | {"The ferry left at nine,"} Ana Poval [said].
assert   | The guide [added] {that the tower was older than the church}.
assert   | A spokesman [told] the Courier {the road was open}.
assert   | The gazette [noted] {that bread was cheaper in Orvane}.
assert   | The group [claimed responsibility] for {the blast}.
assert   | She [acknowledged] {that the ledger was short}.
assert   | He [admitted] {taking the boat}.
assert   | The captain [recalled] {that fog had lasted three days}.
assert   | The envoy [stressed] {that talks were at an early stage}.
assert   | The survey [found] {that half of all wells were dry}.
assert   | The engineer [told] reporters {it would be dark by four}.
deny     | The premier [denied] {that he had met the general}.
deny     | The bank [dismissed] {the reports of a shortfall}.
deny     | Officials [disputed] {the count}.
deny     | The company [rejected] {the allegations}.
deny     | Kessaria [refuted] {the claim}.
deny     | The general [said] {he did not give the order}.
deny     | The mayor [said] {she had never seen the letter}.
deny     | The keeper [called] {the story a fabrication}.
deny     | The clerk [pleaded] {not guilty}.
deny     | The ministry [played down] {the rumours}.
promise  | The premier [vowed] {to rebuild the bridge}.
promise  | The mayor [promised] {a playground in every street}.
promise  | Lumeria [pledged] {forty tents}.
promise  | The foundation [is committed to] {working with the villages}.
promise  | The minister [undertook] {to publish the accounts}.
promise  | The council [said] {it would pay for the repairs}.
promise  | The president [reaffirmed] {her commitment to the treaty}.
promise  | The firm [guaranteed] {that every ticket would be refunded}.
promise  | Norrland [swore] {to keep the pass open}.
promise  | The minister [gave assurances] {that pensions were safe}.
request  | The envoy [urged] both sides {to lay down their arms}.
request  | The bishop [called on] {drivers to slow down}.
request  | The charity [appealed for] {blankets}.
request  | Doctors [asked for] {more beds}.
request  | The teacher [asked] her class {to sit down}.
request  | The mayor [asked] {the court to hear the case}.
request  | The ministry [advised] walkers {to stay on the path}.
request  | The union [wants] {the depot kept open}.
request  | The queen [called] on {both parties to talk}.
request  | The ministry [recommended] {that visitors carry water}.
request  | The warden [told] visitors {to leave the beach}.
request  | The fishermen [pleaded for] {a later start}.
request  | The delegates [called for] {a pause in the fighting}.
request  | The mayor [encouraged] owners {to paint their doors}.
request  | The envoy [reiterated] {her call for restraint}.
demand   | The rebels [demanded] {the release of six men}.
demand   | The judge [ordered] {the firm to pay}.
demand   | The colonel [instructed] his men {to hold the ford}.
demand   | The general [issued an ultimatum]: {leave by noon}.
demand   | Tarvia [insisted on] {an inspection}.
demand   | They [were told] {to hand over their passports}.
offer    | Ostrel [offered] {to host the talks}.
offer    | The chairman [proposed] {a vote by post}.
offer    | The bank [floated] {a loan of two millions}.
offer    | The president's [invitation] {to a dinner in Brenn}.
offer    | The admiral [put forward] {a timetable}.
accept   | The rebels [accepted] {the terms}.
accept   | Both states [agreed] {to a truce}.
accept   | The council [approved] {the drainage plan}.
accept   | The owner [gave in to] {the demand}.
accept   | The senate [ratified] {the accord}.
reject   | The union [rejected] {the offer}.
reject   | The king [refused] {to abdicate}.
reject   | The premier [ruled out] {an early election}.
reject   | The villagers [turned down] {the compensation}.
reject   | The mayor [opposes] {the motorway}.
reject   | The firm [said] {it would not reopen the mine}.
reject   | Kordun [vetoed] {the resolution}.
reject   | The poet [said] {she would rather leave}.
reject   | Belmar [dismissed] {the proposal}.
accuse   | The union [condemned] {the raid}.
accuse   | Tarvia [accused] {Orvane of moving the border stones}.
accuse   | The widow [blamed] {the shipping line}.
accuse   | The paper [criticised] {the ruling}.
accuse   | The bishop [denounced] {the law}.
accuse   | Farmers [complained about] {the dust}.
accuse   | The minister [called] {the strike a disgrace}.
accuse   | The envoy [described] {the vote as a sham}.
accuse   | {"We strongly condemn the shelling,"} the premier [said].
accuse   | {"This was a cowardly crime,"} the mayor [said].
accuse   | The port [expressed outrage] {over the spill}.
accuse   | The ministry [lodged a protest] {over the overflight}.
accuse   | The council [deplored] {the delay}.
accuse   | Critics [lashed out at] {the tax}.
threaten | The admiral [vowed] {revenge}.
threaten | The premier [warned] {that any raid would be met with force}.
threaten | The firm [announced] {it would sue the paper}.
promise  | The board [announced] {that it would refund every ticket}.
intend   | The skater [announced] {she would retire}.
offer    | The mayor [invited] the crew {to visit in March}.
deny     | The club [rejected] {the accusation}.
accuse   | The critic [called] {the opera "an invitation to sleep"}.
ask      | The deputy [asked] on Monday {whether the dam was safe}.
accuse   | The deputy [branded] {the plan a scandal}.
threaten | Kessaria [threatened] {to shut the pipeline}.
threaten | The general [vowed] {to crush the uprising}.
threaten | The rebels [said] {they would burn the mill}.
threaten | The captain [warned] {he would shoot}.
threaten | The admiral [promised] {to punish the raiders}.
threaten | The cartel [issued a threat] {against the mayor}.
praise   | The queen [praised] {the lifeboat crew}.
praise   | The envoy [welcomed] {the truce}.
praise   | The mayor [thanked] {the divers}.
praise   | The premier [hailed] {the vote}.
praise   | The president [congratulated] {the winner}.
praise   | The council [paid tribute to] {the late surveyor}.
praise   | {"We thank the people of Ostrel,"} the captain [said].
praise   | {"Her courage saved the village,"} the bishop [said].
praise   | The minister [called] {the launch a triumph}.
praise   | The union [expressed] {its gratitude to the nurses}.
praise   | Lumeria [reiterated] {its support for the mission}.
warn     | The institute [warned] {that the dam could fail}.
warn     | The ministry [cautioned] {against travel}.
warn     | Doctors [sounded the alarm] {over the water}.
warn     | The weather office [issued a warning] {of gales}.
warn     | The agency [said] {it was worried that the grain would rot}.
ask      | The deputy [asked] {whether the dam was safe}.
ask      | A reader [wanted to know] {who paid}.
ask      | {"Who locked the gate?"} the judge [asked].
ask      | {"Where is the money?"} the widow [said].
ask      | The panel [wondered] {why nobody had called}.
ask      | The clerk [inquired about] {the fee}.
believe  | Historians [believe] {the map is a copy}.
believe  | The bank [expects] {prices to fall}.
believe  | She [thinks] {the bridge will hold}.
believe  | The wreck [is believed] {to be Roman}.
believe  | Brokers [fear] {a shortage}.
believe  | The institute [estimates] {that nine in ten wells are safe}.
believe  | The engineer [doubts] {the gate will open}.
believe  | Polls [predict] {a narrow win}.
intend   | The council [plans] {to sell the baths}.
intend   | The premier [decided] {to resign}.
intend   | The owner [said] {she would retire in May}.
intend   | Orvane [is considering] {a second tunnel}.
intend   | The airline [announced] {it would fly to Brenn}.
intend   | The dancer [intends] {to stay}.
other    | The minister [apologised for] {the delay}.
other    | The queen [offered her condolences to] {the families}.
other    | The spokesman [declined to say] {who had called}.
other    | The army [did not say] {how many had died}.
other    | The office [refused] {to comment}.
other    | Envoys [discussed] {the harvest}.
other    | The premier [wished] {the team a safe journey}.
other    | {"We are deeply saddened by the news,"} the rector [said].
other    | The ministry [had] {no comment}.
other    | Nobody [would confirm] {the number}.
"""

NEGATED = """
yes | The spokesman [declined] {to comment}.
yes | The army [did not say] {who fired}.
yes | The bank [has never confirmed] {the loan}.
yes | The ministry [refused] {to say who had signed}.
yes | The palace [had] {no comment}.
yes | Nobody [would explain] {the smoke}.
yes | She [does not believe] {the map}.
yes | The port [neither confirmed nor denied] {the sinking}.
yes | The premier [stopped short of] {an apology}.
no  | The premier [denied] {the report}.
no  | The king [refused] {to abdicate}.
no  | The king [declined] {the invitation}.
no  | The mayor [said] {the gate was not locked}.
no  | The rebels [rejected] {the terms}.
no  | The office [said] {nobody was hurt}.
"""

HEDGED = """
yes | The wreck [is believed] {to be Roman}.
yes | The premier [appeared to concede] {the point}.
yes | The colonel [reportedly said] {the pass was shut}.
yes | The institute [said] {the dam may fail}.
yes | The guide [said] {the fire was probably an accident}.
yes | The envoy [suggested] {that the talks were over}.
yes | The court [said] {the will might be forged}.
no  | The institute [said] {the dam failed in May}.
no  | The mayor [said] {the fair opens on May 3}.
no  | The mayor [said] {she could not hear}.
no  | The premier [condemned] {the raid}.
no  | The clerk [confirmed] {the figures}.
"""


def cases(table: str) -> list[tuple[str, str]]:
    """The rows of a table: what is expected, and the marked sentence."""
    rows = [line.split("|") for line in table.strip().splitlines()]
    return [(wanted.strip(), marked.strip()) for wanted, marked in rows]


def reading(marked: str) -> Statement:
    """The statement that the marks describe, read."""
    text = read_text(RawDocument(data=re.sub(r"[\[\]{}]", "", marked), origin="case"))
    spans: dict[str, Span] = {}
    removed = 0
    opened: dict[str, int] = {}
    for at, char in enumerate(marked):
        if char in "[{":
            opened["]" if char == "[" else "}"] = at - removed
        elif char in "]}":
            start, end = opened[char], at - removed
            spans[char] = Span(start=start, end=end, text=text.document.text[start:end])
        removed += char in "[]{}"
    return read_acts(text, [statement(text.document.text, spans["]"], spans["}"])])[0]


def statement(text: str, cue: Span, content: Span) -> Statement:
    """A statement of the cue and the content, with what stands before the cue as its source."""
    start = content.end + 1 if content.end < cue.start else 0
    words: dict[str, Any] = {"start": start, "end": cue.start - 1, "text": text[start : cue.start - 1]}
    source = Mention(**words, form="nominal") if start < cue.start - 1 else None
    quoted = content.text.startswith('"')
    return Statement(
        id="s",
        source=source,
        cue=cue,
        content=(content,),
        mode="direct" if quoted else "indirect",
        confidence=1,
    )


@pytest.mark.parametrize(("act", "marked"), cases(ACTS))
def test_the_act_is_what_is_done_by_saying_it(act: str, marked: str) -> None:
    assert reading(marked).act == act


@pytest.mark.parametrize(("wanted", "marked"), cases(NEGATED))
def test_a_statement_is_negated_where_it_is_reported_that_something_was_not_said(
    wanted: str, marked: str
) -> None:
    assert reading(marked).negated is (wanted == "yes")


@pytest.mark.parametrize(("wanted", "marked"), cases(HEDGED))
def test_a_statement_is_hedged_where_the_cue_or_the_first_clause_hedges(wanted: str, marked: str) -> None:
    assert reading(marked).hedged is (wanted == "yes")


def test_nothing_but_act_hedged_and_negated_changes() -> None:
    text = read_text(RawDocument(data="The union condemned the raid.", origin="case"))
    cue = Span(start=10, end=19, text="condemned")
    given_ = statement(text.document.text, cue, Span(start=20, end=28, text="the raid"))
    (found,) = read_acts(text, [given_])
    assert msgspec.structs.replace(found, act=None, hedged=None, negated=None) == given_


def test_a_statement_without_a_cue_is_read_by_its_content() -> None:
    text = read_text(RawDocument(data='"We condemn the raid."', origin="case"))
    content = Span(start=0, end=22, text=text.document.text[:22])
    (found,) = read_acts(text, [Statement(id="s", content=(content,), mode="direct", confidence=1)])
    assert (found.act, found.negated, found.hedged) == ("accuse", False, False)


@pytest.mark.parametrize(
    ("act", "type_"),
    [
        ("demand", "REQUEST"),
        ("accuse", "ACCUSE"),
        ("praise", "SUPPORT"),
        ("threaten", "THREATEN"),
        ("assert", None),
    ],
)
def test_some_acts_are_events_by_themselves(act: str, type_: str | None) -> None:
    assert performed(act) == type_


@pytest.mark.parametrize(
    ("act", "marked"),
    [
        ("accuse", "The union [condemned] {the raid}."),
        (None, 'The union [said] {"we condemn the raid"}.'),
        (None, "The union [did not ask for] {a rise}."),
    ],
)
def test_an_act_is_named_where_the_cue_alone_tells_it(act: str | None, marked: str) -> None:
    text = read_text(RawDocument(data=re.sub(r"[\[\]{}]", "", marked), origin="case"))
    assert named_act(text, reading(marked)) == act


def test_acts_and_negations_of_matched_statements_are_scored() -> None:
    words = "The union condemned the raid. The mayor declined to comment. The clerk said it was late."
    gold = {"content": ["the raid", "to comment", "it was late"], "act": ["accuse", "other", "promise"]}
    statements = tuple(
        GoldStatement(
            content=[words.index(content), words.index(content) + len(content)],
            speaker=None,
            mode="indirect",
            act=act,  # type: ignore[arg-type]
            negated=content == "to comment",
        )
        for content, act in zip(gold["content"], gold["act"], strict=True)
    )
    text = read_text(RawDocument(data=words, origin="case"))
    found = read_acts(
        text,
        [
            factory.stmt(words, content, source=source, cue=cue, speaker=None)
            for content, source, cue in zip(
                gold["content"],
                ("The union", "The mayor", "The clerk"),
                ("condemned", "declined", "said"),
                strict=True,
            )
        ],
    )
    compared = compare(
        AnnotatedText(document="d", text=words, statements=statements), factory.reading(words, *found)
    )
    scored = figures([compared])
    assert scored["act_right"] == 66.7
    assert (scored["counts"]["act_right"], scored["counts"]["acts"]) == (2, 3)
    assert (scored["negated"]["P"], scored["negated"]["R"]) == (100.0, 100.0)


def test_the_vocabulary_holds_no_cue_under_two_acts() -> None:
    seen: dict[tuple[str, ...], set[str]] = {}
    for entries in vocabulary().cues.values():
        for entry, act in entries:
            seen.setdefault(entry, set()).add(act)
    assert {entry: acts for entry, acts in seen.items() if len(acts) > 1} == {}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_get_an_act(cue: str, content: str) -> None:
    words = f"A {cue} {content}"
    text = read_text(RawDocument(data="A text.", origin="case"))
    text = msgspec.structs.replace(text, document=msgspec.structs.replace(text.document, text=words))
    spans = [
        Span(start=2, end=2 + len(cue), text=cue),
        Span(start=3 + len(cue), end=len(words), text=content),
    ]
    (found,) = read_acts(text, [statement(words, *spans)])
    assert found.act is not None

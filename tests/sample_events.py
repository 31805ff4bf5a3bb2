"""A reading with events that views and filters find hard; people, states and words are invented.

States have the codes NRL (Norland) and VST (Vastria), which no real state has.
"""

from __future__ import annotations

from typing import Any

from factory import event, mention, reading, span, stmt

from onrecord.records import Actor, Interval, Location, Mention, Place, Reading, Stance

TEXT = (
    "Norland’s foreign ministry condemned Vastria on Monday for closing the Sund Canal.\n"
    "Vastrian gunboats had shelled the harbour of Keldra, President Ilse Marr said.\n"
    "“If the canal stays shut, we will expel their envoys,” Marr told reporters.\n"
    "Otto Lund, Vastria’s foreign minister, denied that any ship had fired.\n"
    "Lund is to meet Marr in Port Vell on Thursday.\n"
    "The shelling hurt no one, officials said.\n"
    "In 1987 Vastria seized two Norlandic trawlers & their <nets>.\n"
)
MINISTRY, MARR, LUND = "onrecord:norland-mfa", "Q900001", "local:otto-lund"
NORLAND, VASTRIA, KELDRA = "Q900010", "Q900020", "local:keldra"


def named(words: str, actor: str | None, nth: int = 0) -> Mention:
    """The nth place where words stand for an actor."""
    return mention(TEXT, words, nth, actor=actor)


STATEMENTS = (
    stmt(
        TEXT, "Vastrian gunboats had shelled the harbour of Keldra", source="President Ilse Marr", cue="said",
        speaker=MARR, id="s-shelled", act="accuse", confidence=0.95,
    ),
    stmt(
        TEXT, "“If the canal stays shut, we will expel their envoys,”", source="Marr", cue="told",
        speaker=MARR, id="s-expel", act="threaten", confidence=0.93, nth=1,
    ),
    stmt(
        TEXT, "that any ship had fired", source="Otto Lund", cue="denied", speaker=LUND, id="s-denied",
        act="deny", negated=True, confidence=0.9,
    ),
    stmt(
        TEXT, "The shelling hurt no one", source="officials", speaker=None, id="s-officials", confidence=0.7,
    ),
)  # fmt: skip
MONDAY = Interval(from_="2031-05-05", to="2031-05-05", precision="day", expression=span(TEXT, "Monday"))
THURSDAY = Interval(from_="2031-05-08", to="2031-05-08", precision="day", expression=span(TEXT, "Thursday"))
YEAR = Interval(from_="1987-01-01", to="1987-12-31", precision="year", expression=span(TEXT, "In 1987"))

EVENTS = (
    event(
        TEXT, "condemned", "ACCUSE", id="e-condemned", mode="disapprove", context=("diplomatic",),
        actor=(named("Norland’s foreign ministry", MINISTRY),), recipient=(named("Vastria", VASTRIA),),
        date=MONDAY, confidence=0.96,
    ),
    event(
        TEXT, "closing", "COERCE", id="e-closing", mode="restrict", context=("economic", "territory"),
        actor=(named("Vastria", VASTRIA),), confidence=0.81,
    ),
    event(
        TEXT, "shelled", "ASSAULT", id="e-shelled", mode="heavy-weapons", context=("military",),
        actor=(named("Vastrian gunboats", VASTRIA),), recipient=(named("the harbour of Keldra", NORLAND),),
        other_triggers=(span(TEXT, "shelling"),), statement="s-shelled", confidence=0.9,
        location=Location(span=span(TEXT, "Keldra"), place=KELDRA, lat=1.5, lon=2.5),
    ),
    event(
        TEXT, "will expel", "THREATEN", id="e-threat", mode="expel",
        actor=(named("Marr", MARR, 1),), recipient=(named("their", VASTRIA),), confidence=0.77,
    ),
    event(
        TEXT, "fired", "ASSAULT", id="e-fired", modality="negated", actor=(named("any ship", None),),
        statement="s-denied", confidence=0.55,
    ),
    event(
        TEXT, "to meet", "AGREE", id="e-meet", modality="future",
        actor=(named("Lund", LUND, 1), named("Marr", MARR, 2)), date=THURSDAY, confidence=0.88,
        location=Location(span=span(TEXT, "Port Vell")),
    ),
    event(
        TEXT, "seized", "COERCE", id="e-seized", mode="seize", modality="historical",
        actor=(named("Vastria", VASTRIA, 3),), date=YEAR, confidence=0.7,
        recipient=(named("two Norlandic trawlers & their <nets>", None),),
    ),
)  # fmt: skip

STANCES = (
    Stance(
        holder=MINISTRY, target=VASTRIA, polarity="oppose", evidence=span(TEXT, "condemned"), confidence=0.9
    ),
    Stance(
        holder=MARR, target=VASTRIA, polarity="oppose", evidence=span(TEXT, "will expel"),
        statement="s-expel", confidence=0.7,
    ),
)  # fmt: skip


def actors() -> tuple[Actor, ...]:
    """Everybody in the sample, with the words that name them."""
    return (
        Actor(
            id=MINISTRY, name="Ministry of Foreign Affairs of Norland", kind="organization", country="NRL",
            sector="GOV", linked_by="name", mentions=(named("Norland’s foreign ministry", MINISTRY),),
        ),
        Actor(
            id=MARR, name="Ilse Marr", kind="person", country="NRL", sector="GOV", role="President",
            linked_by="name", confidence=0.98,
            mentions=(named("President Ilse Marr", MARR), named("Marr", MARR, 1)),
        ),
        Actor(
            id=LUND, name="Otto Lund", kind="person", country="VST", sector="GOV", role="foreign minister",
            linked_by="name", mentions=(named("Otto Lund", LUND),),
        ),
        Actor(id=VASTRIA, name="Vastria", kind="country", country="VST", linked_by="name"),
        Actor(id=NORLAND, name="Norland", kind="country", country="NRL", linked_by="name"),
    )  # fmt: skip


def make_events(**fields: Any) -> Reading:
    """The sample reading; keyword arguments replace fields of it or of its document."""
    given: dict[str, Any] = {
        "title": "Norland and Vastria trade blame over a canal",
        "outlet": "Northern Dispatch",
        "published": "2031-05-06",
        "published_from": "meta",
        "events": EVENTS,
        "stances": STANCES,
        "actors": actors(),
        "places": (Place(id=KELDRA, name="Keldra", country="NRL", lat=1.5, lon=2.5),),
    }
    return reading(TEXT, *STATEMENTS, **(given | fields))

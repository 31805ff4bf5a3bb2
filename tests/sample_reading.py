"""A reading built by hand that holds what views find hard; people and words are invented."""

from __future__ import annotations

from onrecord.records import (
    Actor,
    Document,
    Interval,
    Mention,
    Note,
    ProducedBy,
    Reading,
    Skipped,
    Span,
    Statement,
    Venue,
)

TEXT = (
    "The port of Keldra will reopen to grain ships on Friday, Transport Minister Orla Venn said "
    "on Tuesday, ending nine weeks of closure.\n"
    "“We have cleared the northern channel,” she told reporters at the Harbour Conference. “The "
    "southern one will follow.”\n"
    "Venn said the harbour chief, Tomas Adler, had promised her that “no vessel will wait longer "
    "than a day”.\n"
    "RIVAL PORT LOSES THIRD CARRIER IN A MONTH\n"
    "Opposition lawmakers were not convinced. According to the Varn News Agency, their leader "
    "accused the ministry of hiding a survey & its <maps>.\n"
    "A ministry official, who asked not to be named, denied that any survey existed.\n"
    "\n"
    "Shipping companies are expected to publish new timetables over the weekend."
)


def find(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The span of the nth occurrence of ``words``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words), text=words)


def mention(words: str, form: str, actor: str | None = None, nth: int = 0) -> Mention:
    """The mention made by the nth occurrence of ``words``."""
    at = find(words, nth=nth)
    return Mention(start=at.start, end=at.end, text=at.text, actor=actor, form=form)  # type: ignore[arg-type]


VENN, ADLER = "local:orla-venn", "local:tomas-adler"
TUESDAY = Interval(from_="2031-05-06", to="2031-05-06", precision="day", expression=find("Tuesday"))

STATEMENTS = (
    Statement(
        id="s-reopen",
        source=mention("Transport Minister Orla Venn", "name", VENN),
        speaker=VENN,
        cue=find("said"),
        content=(find("The port of Keldra will reopen to grain ships on Friday"),),
        mode="indirect",
        act="promise",
        said_on=TUESDAY,
        confidence=0.97,
    ),
    Statement(
        id="s-channel",
        source=mention("she", "pronoun", VENN),
        speaker=VENN,
        cue=find("told"),
        content=(
            find("“We have cleared the northern channel,”"),
            find("“The southern one will follow.”"),
        ),
        mode="direct",
        act="assert",
        addressee=mention("reporters", "nominal"),
        venue=Venue(**{k: getattr(find("the Harbour Conference"), k) for k in ("start", "end", "text")}),
        confidence=0.95,
    ),
    Statement(
        id="s-adler-told-her",
        source=mention("Venn", "name", VENN, nth=1),
        speaker=VENN,
        cue=find("said", nth=1),
        content=(
            find(
                "the harbour chief, Tomas Adler, had promised her "
                "that “no vessel will wait longer than a day”"
            ),
        ),
        mode="mixed",
        act="assert",
        confidence=0.91,
    ),
    Statement(
        id="s-no-wait",
        source=mention("the harbour chief, Tomas Adler", "name", ADLER),
        speaker=ADLER,
        cue=find("promised"),
        content=(find("“no vessel will wait longer than a day”"),),
        mode="direct",
        act="promise",
        parent="s-adler-told-her",
        confidence=0.84,
    ),
    Statement(
        id="s-hiding",
        source=mention("their leader", "nominal"),
        speaker=None,
        cue=find("accused"),
        content=(find("the ministry of hiding a survey & its <maps>"),),
        mode="indirect",
        act="accuse",
        via=(mention("the Varn News Agency", "name"),),
        hedged=True,
        confidence=0.62,
    ),
    Statement(
        id="s-denied",
        source=mention("A ministry official, who asked not to be named", "nominal", "local:official"),
        speaker="local:official",
        cue=find("denied"),
        content=(find("that any survey existed"),),
        mode="indirect",
        act="deny",
        negated=True,
        confidence=0.88,
    ),
)

HEADLINE = find("RIVAL PORT LOSES THIRD CARRIER IN A MONTH")


def make_reading(**document: object) -> Reading:
    """The sample reading; keyword arguments replace fields of its document."""
    fields: dict[str, object] = {
        "id": "sha256:" + "5ab1e0" * 10 + "5ab1",
        "url": "https://dispatch.example/keldra-port",
        "title": "Keldra’s port to reopen after nine weeks",
        "outlet": "Northern Dispatch",
        "author": "Ada Quill",
        "language": "en",
        "published": "2031-05-06",
        "published_from": "meta",
        "text": TEXT,
        "skipped": (
            Skipped(start=HEADLINE.start, end=HEADLINE.end, text=HEADLINE.text, why="related-headline"),
        ),
    }
    return Reading(
        document=Document(**(fields | document)),  # type: ignore[arg-type]
        actors=(
            Actor(id=VENN, name="Orla Venn", kind="person", role="Transport Minister", linked_by="name"),
            Actor(id=ADLER, name="Tomas Adler", kind="person", role="harbour chief", linked_by="name"),
            Actor(id="local:official", name="A ministry official", kind="group"),
        ),
        statements=STATEMENTS,
        notes=(
            Note(
                code="speaker-unresolved",
                message="“their leader” could not be tied to one person",
                statement="s-hiding",
            ),
        ),
        produced_by=ProducedBy(onrecord="0.1.0", model="attribution-1", model_sha256="0" * 64),
    )

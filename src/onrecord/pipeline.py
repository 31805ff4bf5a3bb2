"""RawDocument -> Reading: the stages, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from onrecord.acts import read_acts
from onrecord.candidates import find_candidates
from onrecord.chain import complete_chains
from onrecord.clusters import Cluster, add_mentions
from onrecord.coreference import CoreferenceHeads, find_clusters, find_heads
from onrecord.encoder import MODEL_FOLDER, Annotation, Encoder
from onrecord.errors import OnrecordError
from onrecord.events import LEAST_EVENT, Found, find_events
from onrecord.locations import locate_statements
from onrecord.participants import Participants
from onrecord.places import join_places
from onrecord.records import Actor, Event, ProducedBy, Reading, Stance, Statement
from onrecord.relations import Relations
from onrecord.relays import name_relays
from onrecord.sightings import SightingHead, find_sighting_head, find_sightings
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.stances import find_stances
from onrecord.statements import Weights, build_statements
from onrecord.text import Text, read_text, recall_text
from onrecord.timing import date_statements
from onrecord.utterances import continue_utterances
from onrecord.version import VERSION


class Engine:
    """The loaded weights, ready to read: make one and keep it."""

    def __init__(
        self,
        encoder: Encoder,
        coreference: CoreferenceHeads | None = None,
        sighting: SightingHead | None = None,
        relations: Relations | None = None,
        *,
        least_event: float = LEAST_EVENT,
    ) -> None:
        self.encoder = encoder
        self.coreference = coreference
        self.sighting = sighting
        self.relations = relations
        self.least_event = least_event
        self.weights = Weights(**encoder.card["confidence"])
        self.produced_by = _made_by(encoder, relations)

    @classmethod
    def load(
        cls, *, threads: int | None = None, events: bool = True, least_event: float = LEAST_EVENT
    ) -> Engine:
        """The engine with the weights that came with the package; ``threads`` None takes all cores.

        Without ``events`` none are read. ``least_event`` is the confidence from which an event is reported.
        """
        encoder = Encoder.load(threads=threads)
        sighting = find_sighting_head(MODEL_FOLDER, encoder.sha256) if events else None
        relations = None
        if sighting is not None:
            relations = Relations.load(MODEL_FOLDER, vocabulary=encoder.vocabulary, threads=threads)
        heads = find_heads(MODEL_FOLDER, encoder.sha256)
        return cls(encoder, heads, sighting, relations, least_event=least_event)

    def clusters(self, text: Text, ann: Annotation) -> tuple[Cluster, ...]:
        """What the mentions of a document stand for; none where the weights for it are missing."""
        return find_clusters(text, ann, self.coreference) if self.coreference else ()

    def stances(
        self,
        text: Text,
        ann: Annotation,
        statements: Sequence[Statement],
        events: Sequence[Event],
        actors: Sequence[Actor],
    ) -> tuple[Stance, ...]:
        """Who is for or against whom; nothing where the weights for it are missing."""
        if self.relations is None:
            return ()
        return find_stances(text, ann, statements, events, actors, self.relations)

    def events(
        self, text: Text, ann: Annotation, statements: tuple[Statement, ...], participants: Participants
    ) -> Found:
        """What is told to have happened; nothing where the weights for it are missing."""
        if self.sighting is None or self.relations is None:
            return Found()
        sighted = find_sightings(text, ann, self.sighting)
        return find_events(
            text, ann, sighted, self.relations, statements, participants, least=self.least_event
        )


def _made_by(encoder: Encoder, relations: Relations | None) -> ProducedBy:
    """The software and all weights: with a second model both names, and the digest of all digests."""
    if relations is None:
        return ProducedBy(onrecord=VERSION, model=encoder.name, model_sha256=encoder.sha256)
    digests = [encoder.sha256, *(relations.card["sha256"][part] for part in sorted(relations.card["sha256"]))]
    total = hashlib.sha256("".join(digests).encode()).hexdigest()
    return ProducedBy(onrecord=VERSION, model=f"{encoder.name}+{relations.name}", model_sha256=total)


def read(raw: RawDocument, *, engine: Engine) -> Reading:
    """The reading of one document. Raises SourceError where there is nothing to read.

    1. text: decoding, main text, what is prose and what is not, sentences, quotations;
    2. encoder: the one neural pass over windows of the text;
    3. statements: cues, sources and contents, with modes, parents and confidence; then, by rules, the
       layers around and inside them, to whom they were made, where, and through whom they came;
    4. speakers: whom the sources stand for, within the document;
    5. timing: when each statement was made;
    6. places: where the statements' venues are;
    7. mentions: the descriptions and pronouns that stand for the same actors;
    8. acts: what is done by each statement, and whether it is hedged or negated;
    9. events: who did what to whom in the sentences that tell of it, and who says so;
    10. stances: who is for or against whom.
    """
    return _read(read_text(raw), engine)


def reread(reading: Reading, *, engine: Engine, published: str | None = None) -> Reading:
    """The document of an earlier reading, read again; ``published`` corrects its date."""
    return _read(recall_text(reading, published=published), engine)


def _read(text: Text, engine: Engine) -> Reading:
    """Stages 2 to 10 of ``read``."""
    ann = engine.encoder.annotate(text)
    candidates = find_candidates(engine.encoder, ann)
    statements = complete_chains(text, build_statements(text, ann, candidates, engine.weights))
    identified = identify_speakers(text, statements)
    named = name_relays(continue_utterances(text, identified.statements))
    timed = date_statements(text, named)
    located = locate_statements(text, timed.statements)
    statements = read_acts(text, located.statements)
    clusters = engine.clusters(text, ann)
    participants = Participants(register=identified.register, statements=statements, clusters=clusters)
    found = engine.events(text, ann, statements, participants)
    actors = add_mentions(participants.close(), clusters)
    return Reading(
        document=text.document,
        actors=actors,
        statements=statements,
        events=found.events,
        stances=engine.stances(text, ann, statements, found.events, actors),
        places=join_places(located.places, found.places),
        notes=text.notes + identified.notes + timed.notes + located.notes,
        produced_by=engine.produced_by,
    )


def read_many(
    raws: Iterable[RawDocument], *, engine: Engine, on_error: Callable[[OnrecordError], None] | None = None
) -> Iterator[Reading]:
    """The readings of many documents, one at a time and in order.

    A document that cannot be read goes to ``on_error`` and the rest go on;
    without ``on_error`` its error is raised.
    """
    for raw in raws:
        try:
            yield read(raw, engine=engine)
        except OnrecordError as error:
            if on_error is None:
                raise
            on_error(error)

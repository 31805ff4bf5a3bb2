"""``actors``: the table of actors, and what people decide about who somebody is."""

from __future__ import annotations

import argparse
import os
import re
from contextlib import ExitStack
from pathlib import Path

import msgspec

from onrecord import query as queries
from onrecord.commands.output import (
    RECORD_VARIABLE,
    Failures,
    chosen_format,
    many,
    record_path,
    say,
    write_json,
)
from onrecord.errors import KnowledgeError, UsageError
from onrecord.identities import ActorDecision, know_with
from onrecord.index import fold
from onrecord.knowledge import Entity, Knowledge, Tenure, read_user_rows
from onrecord.knowledge.rows import ENTITY_COLUMNS, TENURE_COLUMNS, wrong_entity, wrong_tenure
from onrecord.reasons import spell_decision
from onrecord.roster import Known, Who, get_entity, list_actors, listed
from onrecord.store import Store, open_record


def listing(args: argparse.Namespace) -> int:
    """Lists the table; see ``onrecord actors --help``."""
    who = Who(
        name=args.name, country=args.country, kind=args.kind, office=args.office, on=args.on, own=args.own
    )
    rows = list(list_actors(_decisions(args), who))
    shown = rows[: args.limit or None]
    if chosen_format(args) == "jsonl":
        for row in shown:
            write_json(row)
    elif shown:
        from onrecord.console import open_console
        from onrecord.explained import render_actors

        open_console().print(render_actors(shown))
    if not rows:
        say("no actor of the table fits; try a part of the name, or fewer filters")
    elif len(rows) > len(shown):
        say(f"{len(shown)} of {len(rows)} shown; --limit 0 shows all")
    return 0


def explain(args: argparse.Namespace) -> int:
    """Says what is known of one actor, and from where; see ``onrecord actors explain --help``."""
    decisions = _decisions(args)
    known = know_with(decisions)
    entity = get_entity(known, args.actor)
    own = any(d.actor == entity.id and d.kind in ("entity", "tenure") for d in decisions)
    statements = documents = None
    linked: tuple[str, ...] = ()
    with ExitStack() as stack:
        if (path := _find_record(args)) is not None:
            store = stack.enter_context(open_record(path, create=False, readonly=True))
            statements, documents = queries.count_heard(store, entity.id)
            linked = tuple(queries.list_links(store, entity.id))
            decisions = store.actor_decisions()
    answer = Known(
        actor=listed(entity, known.offices(entity.id, args.on), own=own),
        decisions=tuple(d for d in decisions if entity.id in (d.actor, d.target)),
        statements=statements,
        documents=documents,
        linked=linked,
    )
    if chosen_format(args, "text") != "text":
        write_json(answer)
    else:
        from onrecord.console import open_console
        from onrecord.explained import render_known

        open_console().print(render_known(answer))
    return 0


def add(args: argparse.Namespace) -> int:
    """Adds an actor, an office, or the rows of a file; see ``onrecord actors add --help``."""
    if bool(args.name) == bool(args.file):
        raise UsageError("name the actor to add, or give --file with a CSV of rows; one of the two")
    path = record_path(args)
    with open_record(path) as store:
        if args.file:
            return _add_file(args, store)
        known = store.identities().known
        there = _find_known(known, args.name)
        if there is None or (args.id and args.id != there.id):
            entity = _new_entity(args, known)
            if args.office:
                _tenure(args, entity)  # what is wrong with it should come to light before anything is kept
            _put(store, ActorDecision(kind="entity", actor=entity.id, entity=entity, decided_at=""), args)
        else:
            entity = there
            if not args.office:
                raise UsageError(
                    f"{there.name} is in the table as {there.id}; `onrecord actors correct` changes what it "
                    "says, --office adds an office, --id another actor of that name"
                )
        if args.office:
            _put_tenure(store, args, entity, was=None)
    return 0


def correct(args: argparse.Namespace) -> int:
    """Corrects what the table says of an actor; see ``onrecord actors correct --help``."""
    with open_record(record_path(args)) as store:
        entity = get_entity(store.identities().known, args.actor)
        changed = _corrected(args, entity)
        if changed == entity and not args.office:
            raise UsageError(
                "nothing to correct; give --name, --country, --alias, --office … with what is right"
            )
        was = _wrong_term(store, args, entity) if args.office else None
        if args.office:
            _tenure(args, changed)
        if changed != entity:
            changed = msgspec.structs.replace(changed, source="user", as_of="")
            _put(store, ActorDecision(kind="entity", actor=entity.id, entity=changed, decided_at=""), args)
        if args.office:
            _put_tenure(store, args, entity, was=was)
    return 0


def link(args: argparse.Namespace) -> int:
    """Says that one actor of the record is another; see ``onrecord actors link --help``."""
    with open_record(record_path(args), create=False) as store:
        target = _target(store, args.target)
        actor = _get_in_record(store, args.actor, args.document)
        _put(
            store,
            ActorDecision(kind="link", actor=actor, target=target, document=args.document, decided_at=""),
            args,
        )
    return 0


def unlink(args: argparse.Namespace) -> int:
    """Says that an actor is not who it is linked to; see ``onrecord actors unlink --help``."""
    with open_record(record_path(args), create=False) as store:
        actor = _get_in_record(store, args.actor, args.document)
        document = store.resolve(args.document) if args.document else None
        # An actor that people linked is found under the id that they linked it to.
        back = [
            d.actor
            for d in store.identities().rows("link")
            if d.target == actor and (document is None or d.document in (None, document))
        ]
        for name in back or [actor]:
            _put(store, ActorDecision(kind="unlink", actor=name, document=args.document, decided_at=""), args)
    return 0


def withdraw(args: argparse.Namespace) -> int:
    """Takes a decision on actors back; see ``onrecord actors withdraw --help``."""
    path = record_path(args)
    with open_record(path, create=False) as store:
        made = store.withdraw_actor(args.number, by=args.by)
    say(f"{path}: decision {args.number} ({spell_decision(made)}) taken back")
    return 0


def decisions(args: argparse.Namespace) -> int:
    """Lists what people decided about actors; see ``onrecord actors decisions --help``."""
    with open_record(record_path(args), create=False, readonly=True) as store:
        made = store.actor_decisions()
    if chosen_format(args) == "jsonl":
        for decision in made:
            write_json(decision)
    elif made:
        from onrecord.console import open_console
        from onrecord.explained import render_actor_decisions

        open_console().print(render_actor_decisions(made))
    else:
        say("nobody decided anything about actors; `onrecord actors add`, `correct`, `link` and `unlink` do")
    return 0


def _find_record(args: argparse.Namespace) -> str | None:
    """The record to ask; None where none was named and none is there, so that the shipped table answers."""
    path = record_path(args)
    named = args.record or os.environ.get(RECORD_VARIABLE)
    return path if named or Path(path).exists() else None


def _decisions(args: argparse.Namespace) -> tuple[ActorDecision, ...]:
    path = _find_record(args)
    if path is None:
        if getattr(args, "own", False):
            raise UsageError("there is no record with rows of its own here; name one with --record")
        return ()
    with open_record(path, create=False, readonly=True) as store:
        return store.identities().decisions


def _put(store: Store, made: ActorDecision, args: argparse.Namespace) -> None:
    """Keeps the decision, and says what it changes; what the text says against it too."""
    before = _against(store)
    kept = store.decide_actor(made, by=args.by)
    say(f"{store.path}: decision {kept.number}: {spell_decision(kept)}")
    for message in sorted(_against(store) - before):
        say(message)


def _against(store: Store) -> set[str]:
    """What texts say against people's decisions on actors."""
    if not store.identities().rows("link"):
        return set()
    notes = (note for reading in store.readings() for note in reading.notes)
    return {note.message for note in notes if note.code == "identity-contradicts"}


def _put_tenure(store: Store, args: argparse.Namespace, entity: Entity, *, was: str | None) -> None:
    tenure = _tenure(args, entity)
    _put(store, ActorDecision(kind="tenure", actor=entity.id, tenure=tenure, was=was, decided_at=""), args)


def _tenure(args: argparse.Namespace, entity: Entity) -> Tenure:
    """The term of office that is given. Raises UsageError where it makes no sense."""
    of = args.of or entity.country or ""
    tenure = Tenure(
        person=entity.id, office=args.office, of=of, title=args.title or args.office.capitalize(),
        start=args.start, end=args.end,
    )  # fmt: skip
    fault = wrong_tenure([getattr(tenure, name) or "" for name in TENURE_COLUMNS])
    if fault:
        raise UsageError(f"the office of {entity.name}: {fault}")
    return tenure


def _wrong_term(store: Store, args: argparse.Namespace, entity: Entity) -> str | None:
    """The start of the term that a corrected one takes the place of; None where there was none."""
    of = args.of or entity.country
    terms = [
        t
        for t in store.identities().known.offices(entity.id)
        if t.office == args.office and t.of == of and (args.was is None or t.start == args.was)
    ]
    if len(terms) > 1:
        starts = ", ".join(t.start or "unknown" for t in terms)
        raise UsageError(
            f"{entity.name} was {args.office} {len(terms)} times (from {starts}); say which with --was"
        )
    if not terms:
        raise UsageError(
            f"the table has no such term of {entity.name} as {args.office} of {of}; "
            "`onrecord actors add` adds one"
        )
    return terms[0].start or ""


def _new_entity(args: argparse.Namespace, known: Knowledge) -> Entity:
    slug = re.sub(r"\W+", "-", fold(args.name)).strip("-")
    entity_id = args.id or f"user:{slug}"
    if not args.id and _find_known(known, entity_id):
        raise UsageError(f"{entity_id} is in the table; give another --id, or correct that one")
    names = tuple(dict.fromkeys((args.name, *args.alias)))
    entity = Entity(
        id=entity_id, name=args.name, kind=args.kind or "person", country=_code(args.country),
        sector=_code(args.sector), names=names,
    )  # fmt: skip
    return _checked(entity)


def _corrected(args: argparse.Namespace, entity: Entity) -> Entity:
    """The entity with what is given in place of what it had; aliases are added."""
    name = args.name or entity.name
    names = tuple(dict.fromkeys((name, *entity.names, *args.alias)))
    if names == (entity.name, *(n for n in entity.names if n != entity.name)):
        names = entity.names
    return _checked(
        msgspec.structs.replace(
            entity, name=name, kind=args.kind or entity.kind, country=_code(args.country) or entity.country,
            sector=_code(args.sector) or entity.sector, names=names,
        )
    )  # fmt: skip


def _checked(entity: Entity) -> Entity:
    cells = {name: getattr(entity, name, "") or "" for name in ENTITY_COLUMNS}
    fault = wrong_entity(list(cells.values()))
    if fault is None and entity.country and not re.fullmatch("[A-Z]{3}", entity.country):
        fault = (
            f"country is {entity.country!r}; write an ISO 3166-1 code such as FRA, or IGO, UNO, EUR, NGO, MNC"
        )
    if fault:
        raise UsageError(f"{entity.name}: {fault}")
    return entity


def _code(value: str | None) -> str | None:
    return value.upper() if value else None


def _find_known(known: Knowledge, words: str) -> Entity | None:
    """The only entity with this id or name; None for none. Raises UsageError where a name is several."""
    try:
        return known.entity(words)
    except KnowledgeError:
        found = known.find(words)
    if len(found) > 1:
        return get_entity(known, words)
    return found[0] if found else None


def _target(store: Store, words: str) -> str:
    """The id that a link leads to: one of the table, or any id as it is."""
    if re.fullmatch(r"Q[1-9]\d*|(?:local|user|onrecord):\S+", words):
        return words
    return get_entity(store.identities().known, words).id


def _get_in_record(store: Store, words: str, document: str | None) -> str:
    """The actor of the record that an id or a name means. Raises UsageError for none and for several."""
    found = queries.find_actors(store, words, document=document)
    if any(fold(words) in (fold(actor), fold(name)) for actor, name in found):
        return words
    if len(found) == 1:
        return next(iter(found))[0]
    where = f"document {document}" if document else str(store.path)
    if found:
        listed = ", ".join(sorted(f"{actor} ({name})" for actor, name in found))
        raise UsageError(f"{words!r} is {len(found)} actors in {where}; give the id of one: {listed}")
    raise UsageError(
        f"no actor {words!r} in {where}; take an id or name that `onrecord speakers` or `onrecord show` gives"
    )


def _add_file(args: argparse.Namespace, store: Store) -> int:
    """Adds every sound row of a CSV file; a broken one is a failure and the rest go on."""
    failures = Failures()
    rows, problems = read_user_rows(Path(args.file))
    for problem in problems:
        failures.report(KnowledgeError(problem))
    for row in rows:
        if isinstance(row, Entity):
            made = ActorDecision(kind="entity", actor=row.id, entity=row, decided_at="")
        else:
            made = ActorDecision(kind="tenure", actor=row.person, tenure=row, decided_at="")
        store.decide_actor(made, by=args.by)
    say(f"{store.path}: {many(len(rows), 'row')} of {args.file} added")
    return failures.exit_code(len(rows))

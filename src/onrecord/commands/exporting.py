"""``export``: the record written out, in the format of whoever takes it from here."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import BinaryIO, get_args

import msgspec

from onrecord.commands.output import many, open_output, record_path, say
from onrecord.confidence import keep_confident
from onrecord.errors import UsageError
from onrecord.exports.coded import ACTUAL, Modalities
from onrecord.ledger import write_decisions
from onrecord.records import Modality, Reading
from onrecord.store import Store, open_record

WHOLE = ("jsonl", "csv")
"""The formats that leave nothing out and so take no --modality."""
WITHOUT_HEADER = ("jsonl", "csv", "plover", "dyads-parquet")


class _Format(msgspec.Struct, frozen=True):
    """How the readings are to be written: what --format, --header and --modality ask for."""

    name: str
    header: bool
    modalities: Modalities


def export(args: argparse.Namespace) -> int:
    """Writes the record out; see ``onrecord export --help``."""
    path = record_path(args)
    chosen = _read_format(args)
    if args.decisions:
        return _export_decisions(args, path)
    with open_record(path, create=False, readonly=True) as store, open_output(args.out, record=path) as out:
        done = _write(chosen, _readings(store, args), out)
    if args.out not in (None, "-"):
        say(f"{args.out}: {done}")
    return 0


def _read_format(args: argparse.Namespace) -> _Format:
    """What was asked for; raises UsageError for options that the format does not have."""
    if args.header is not None and args.format in WITHOUT_HEADER:
        raise UsageError(f"{args.format} has no choice of a header; leave out --header and --no-header")
    if args.modality and args.format in WHOLE:
        raise UsageError(f"{args.format} holds all that was read; give --modality with a format of events")
    every: tuple[Modality, ...] = get_args(Modality)
    asked = every if "all" in (args.modality or ()) else tuple(args.modality or ACTUAL)
    return _Format(name=args.format, header=args.header is not False, modalities=asked)


def _readings(store: Store, args: argparse.Namespace) -> Iterator[Reading]:
    for reading in store.readings(decided=not args.undecided):
        yield keep_confident(reading, args.min_confidence)


def _write(chosen: _Format, readings: Iterable[Reading], out: BinaryIO) -> str:
    """What was written, in words."""
    if chosen.name in WHOLE:
        return _write_whole(chosen.name, readings, out)
    if chosen.name in ("dyads", "dyads-parquet"):
        return _write_dyads(chosen, readings, out)
    return _write_events(chosen, readings, out)


def _write_whole(name: str, readings: Iterable[Reading], out: BinaryIO) -> str:
    from onrecord.exports.csv import write_csv
    from onrecord.exports.jsonl import write_jsonl

    if name == "csv":
        return many(write_csv(readings, out), "statement")
    return many(write_jsonl(readings, out), "document")


def _write_events(chosen: _Format, readings: Iterable[Reading], out: BinaryIO) -> str:
    from onrecord.exports.gdelt import write_gdelt
    from onrecord.exports.plover import write_plover
    from onrecord.exports.polecat import write_polecat

    if chosen.name == "plover":
        return many(write_plover(readings, out, modalities=chosen.modalities), "event")
    if chosen.name == "polecat":
        written = write_polecat(readings, out, modalities=chosen.modalities, header=chosen.header)
        return many(written, "event")
    written = write_gdelt(readings, out, modalities=chosen.modalities, header=chosen.header)
    return many(written, "row")


def _write_dyads(chosen: _Format, readings: Iterable[Reading], out: BinaryIO) -> str:
    from onrecord.exports.dyads import count_dyads, write_dyads_csv, write_dyads_parquet

    dyads = count_dyads(readings, modalities=chosen.modalities)
    if chosen.name == "dyads":
        written = write_dyads_csv(dyads, out, header=chosen.header)
    else:
        written = write_dyads_parquet(dyads, out)
    if dyads.left_out:
        say(f"left out {many(dyads.left_out, 'event')}: no country is known on one side or both")
    return many(written, "row")


def _export_decisions(args: argparse.Namespace, path: str) -> int:
    if args.format != "jsonl" or args.min_confidence:
        raise UsageError("decisions are JSON Lines, all of them; leave out --format and --min-confidence")
    with open_record(path, create=False, readonly=True) as store, open_output(args.out, record=path) as out:
        written = write_decisions(store, out)
    if args.out not in (None, "-"):
        say(f"{args.out}: {many(written, 'decision')}")
    return 0

"""The gate: accuracy on the gold that the project wrote must not fall below its floors.

    python -m evaluation.gate                    exit code 1 when a figure is below its floor
    python -m evaluation.gate --update           raise the floors to what is reached now; never lowers one
    python -m evaluation.gate --lower "REASON"   also lower those that are not reached; kept in floors.json

Floors hold for one state of the gold, known by its digest: other gold, other floors. A
floor lies one item below the figure it was made from, because quantised weights round
differently from one processor to the next and that moves single statements.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from onrecord.errors import OnrecordError
from onrecord.evaluation import evaluate
from onrecord.evaluation.readings import Reader

HERE = Path(__file__).resolve().parent
SETS = ("dispatches", "passages", "chains")
EVENT_SETS: tuple[str, ...] = ("events", "lookalikes")
"""Gold scored by task ``events``: the kept third, and what resembles an event."""

FIGURES = {
    "content.P": "predicted",
    "content.R": "gold",
    "content.F1": "gold",
    "speaker_right": "named",
    "speaker_not_wrong": "matched",
    "mode_right": "matched",
    "parent_right": "nested",
    "date_right": "dated",
    "via.F1": "via",
    "addressee.F1": "addressee",
    "venue.F1": "venue",
}
"""The figures of statements that are watched, and what one item of each is counted in."""
EVENT_FIGURES = {
    "right.P": "predicted_events",
    "right.R": "gold_events",
    "right.F1": "gold_events",
    "typed.F1": "gold_events",
    "modality_right": "typed",
    "asserter_right": "typed",
    "no_false_events": "eventless_sentences",
}
"""The same for events; the last is the share of sentences without an event on which none is reported."""
WATCHED = FIGURES | EVENT_FIGURES

Verdict: TypeAlias = Literal["ok", "BELOW", "no floor"]


class Lowered(msgspec.Struct, frozen=True):
    """One floor that was lowered on purpose."""

    on: str
    gold: str
    figure: str
    before: float
    after: float
    reason: str


class Floors(msgspec.Struct, frozen=True):
    """The floors of one gold file, and the digest of the gold they were measured on."""

    sha256: str
    floors: dict[str, float]


class FloorFile(msgspec.Struct, frozen=True):
    """What floors.json holds."""

    gold: dict[str, Floors] = {}
    lowered: tuple[Lowered, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One watched figure: what was found, the floor, and the floor it would have now."""

    gold: str
    figure: str
    found: float
    floor: float | None
    reachable: float

    @property
    def verdict(self) -> Verdict:
        if self.floor is None:
            return "no floor"
        return "BELOW" if self.found < self.floor else "ok"


class Measured(msgspec.Struct, frozen=True):
    """The figures of one gold file, with how many items each is counted in."""

    name: str
    sha256: str
    figures: dict[str, float]
    items: dict[str, int]


def measure(path: Path, reader: Reader | None) -> Measured:
    """The watched figures on one gold file; those with nothing to count are left out."""
    statements = evaluate("intl", path, reader=reader).figures["statements"]
    items = _items(statements)
    figures = {name: value for name in FIGURES if (value := _find_figure(statements, name)) is not None}
    return Measured(
        name=path.stem,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        figures={name: value for name, value in figures.items() if items[FIGURES[name]]},
        items=items,
    )


def measure_events(path: Path, reader: Reader | None) -> Measured:
    """The watched figures about events on one gold file; those with nothing to count are left out."""
    events = evaluate("events", path, reader=reader).figures
    counts, false = events["counts"], events["false_event_sentences"]
    items = {
        "predicted_events": counts["found"] + counts["extra"],
        "gold_events": counts["found"] + counts["missed"],
        "typed": counts["typed"],
        "eventless_sentences": false["sentences"],
    }
    quiet = {"no_false_events": None if false["percent"] is None else round(100 - false["percent"], 1)}
    found = {name: _find_figure(events | quiet, name) for name in EVENT_FIGURES}
    return Measured(
        name=path.stem,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        figures={name: v for name, v in found.items() if v is not None and items[EVENT_FIGURES[name]]},
        items=items,
    )


def _items(statements: dict[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = statements["counts"]
    parts = {part: statements[part]["gold"] for part in ("via", "addressee", "venue")}
    predicted = counts["matched"] + counts["spurious"]
    return counts | parts | {"gold": statements["content"]["gold"], "predicted": predicted}


def _find_figure(statements: dict[str, Any], name: str) -> float | None:
    if name == "speaker_not_wrong":
        wrong = statements["speaker_wrong"]
        return None if wrong is None else round(100 - wrong, 1)
    value: Any = statements
    for key in name.split("."):
        value = value[key]
    found: float | None = value
    return found


def compare(measured: Measured, floors: Floors | None) -> Iterator[Row]:
    """Every watched figure beside its floor; a floor whose figure is gone counts as 0 reached."""
    known = floors.floors if floors else {}
    for name in WATCHED:
        if name in measured.figures or name in known:
            found = measured.figures.get(name, 0.0)
            item = 100 / max(measured.items[WATCHED[name]], 1)
            yield Row(measured.name, name, found, known.get(name), round(max(found - item, 0.0), 1))


def renew(file: FloorFile, measured: Measured, rows: Sequence[Row], reason: str | None) -> FloorFile:
    """The floors with those of one gold file raised; lowered only where a reason is given."""
    kept = {row.figure: max(row.floor or 0.0, row.reachable) for row in rows}
    fallen = [row for row in rows if row.verdict == "BELOW"] if reason else []
    kept |= {row.figure: row.reachable for row in fallen}
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    lowered = tuple(
        Lowered(today, row.gold, row.figure, row.floor or 0.0, row.reachable, reason or "") for row in fallen
    )
    return FloorFile(
        gold=file.gold | {measured.name: Floors(measured.sha256, kept)}, lowered=file.lowered + lowered
    )


def main(argv: Sequence[str] | None = None, *, reader: Reader | None = None) -> int:
    """Exit code: 0 all floors hold, 1 one does not, 2 usage, else that of the error (docs/cli.md)."""
    args = _parse(argv)
    try:
        file = _read_floors(args.floors)
        measured = [measure(args.gold / f"{name}.jsonl", reader) for name in SETS]
        measured += [measure_events(args.gold / f"{name}.jsonl", reader) for name in EVENT_SETS]
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    rows = {m.name: list(compare(m, file.gold.get(m.name))) for m in measured}
    _print_table([row for found in rows.values() for row in found])
    below = [row for found in rows.values() for row in found if row.verdict == "BELOW"]
    if args.lower or (args.update and not below):
        for m in measured:
            file = renew(file, m, rows[m.name], args.lower)
        args.floors.write_bytes(msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n")
        print(f"floors written to {args.floors}")
        return 0
    return _report(below, [m.name for m in measured if not _same_gold(m, file)], updating=args.update)


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--lower", metavar="REASON", help="lower what is not reached, and keep the reason")
    parser.add_argument("--gold", type=Path, default=HERE / "gold", help="folder of the gold files")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.json", help="the file of floors")
    args = parser.parse_args(argv)
    if args.lower is not None and not args.lower.strip():
        parser.error("--lower needs a reason in words")
    return args


def _read_floors(path: Path) -> FloorFile:
    if not path.exists():
        return FloorFile()
    try:
        return msgspec.json.decode(path.read_bytes(), type=FloorFile)
    except msgspec.DecodeError as error:
        raise OnrecordError(f"{path}: {error}; restore it from version control") from error


def _same_gold(measured: Measured, file: FloorFile) -> bool:
    floors = file.gold.get(measured.name)
    return floors is not None and floors.sha256 == measured.sha256


def _report(below: Sequence[Row], changed: Sequence[str], *, updating: bool) -> int:
    """Says what does not hold and what to do about it; 1 if anything."""
    if below:
        what = "nothing was updated: " if updating else ""
        print(
            f'{what}{len(below)} figures are below their floor; mend that, or give --lower "REASON"',
            file=sys.stderr,
        )
    elif changed:
        print(f"no floors for this state of {', '.join(changed)}; set them with --update", file=sys.stderr)
    return 1 if below or changed else 0


def _print_table(rows: Sequence[Row]) -> None:
    print(f"{'gold':<12} {'figure':<18} {'found':>6} {'floor':>6}")
    for row in rows:
        floor = "-" if row.floor is None else f"{row.floor:.1f}"
        print(f"{row.gold:<12} {row.figure:<18} {row.found:>6.1f} {floor:>6}  {row.verdict}")


if __name__ == "__main__":
    sys.exit(main())

"""Events as PLOVER, POLECAT and GDELT have them, and counted by pair of countries and month."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from factory import mention, reading, span, stmt
from hypothesis import given
from hypothesis import strategies as st

from onrecord import cli, plover
from onrecord.errors import MissingExtraError
from onrecord.exports import dyads as dyads_module
from onrecord.exports import gdelt, polecat
from onrecord.exports.cameo import CODES, cameo_of
from onrecord.exports.coded import RECIPROCAL, coded_events
from onrecord.exports.dyads import count_dyads, write_dyads_csv, write_dyads_parquet
from onrecord.exports.gdelt import event_number, write_gdelt
from onrecord.exports.plover import write_plover
from onrecord.exports.polecat import write_polecat
from onrecord.exports.tabs import joined
from onrecord.grammar.reading import MODALITIES
from onrecord.records import Actor, Event, Interval, Location, Modality, Place, Reading, Skipped
from onrecord.store import open_record

DOCS = Path(__file__).parents[1] / "docs" / "events.md"
TEXT = (
    "HARBOUR NEWS\n"
    "Ministers Edda Morland and Ib Vester met in Lunsk on Tuesday. Morland said Norway had sent Kordun grain "
    "in March, and he denied that dockers had stormed the gate.\n"
    "Both talks and grain were praised. The Fishers' League plans a march."
)
ACTORS = (
    Actor(id="Q101", name="Edda Morland", kind="person", country="NOR", sector="GOV", role="minister"),
    Actor(id="local:ib-vester", name="Ib Vester", kind="person", country="DNK", sector="GOV"),
    Actor(id="Q103", name="Norway", kind="country", country="NOR"),
    Actor(id="onrecord:kordun", name="Kordun Relief", kind="organization", country="NGO"),
    Actor(id="local:league", name="Fishers' League", kind="organization", country="NOR", sector="LAB"),
)
PLACES = (Place(id="geonames:77", name="Lunsk", country="DNK", lat=55.5, lon=-12.0),)
SAID = stmt(
    TEXT, "Norway had sent Kordun grain in March", source="Morland", cue="said", speaker="Q101", id="s1"
)


def day(first: str, last: str | None = None, words: str | None = None) -> Interval:
    precision = "day" if last is None else "month"
    return Interval(
        from_=first, to=last or first, precision=precision, expression=span(TEXT, words) if words else None
    )  # type: ignore[arg-type]


def event(
    type_: str, trigger: str, actor: Iterable[Any], recipient: Iterable[Any] = (), **more: Any
) -> Event:
    sentence = next(s for s in re.findall(r"[^.\n]+\.", TEXT) if trigger in s).strip()
    return Event(
        **{
            "id": f"e-{trigger}",
            "type": type_,
            "quad": plover.quad_of(type_),
            "actor": tuple(actor),
            "recipient": tuple(recipient),
            "trigger": span(TEXT, trigger),
            "sentence": span(TEXT, sentence),
            "modality": "actual",
            "confidence": 0.75,
            **more,
        }
    )


MET = event(
    "CONSULT",
    "met",
    [
        mention(TEXT, "Edda Morland", actor="Q101"),
        mention(TEXT, "Ib Vester", actor="local:ib-vester"),
        mention(TEXT, "Morland", nth=1, actor="Q101"),
    ],
    mode="multilateral",
    context=("diplomatic", "economic"),
    other_triggers=(span(TEXT, "talks"),),
    location=Location(span=span(TEXT, "Lunsk"), place="geonames:77", lat=55.5, lon=-12.0),
    date=day("2031-05-06", words="Tuesday"),
)
SENT = event(
    "AID",
    "sent",
    [mention(TEXT, "Norway", actor="Q103")],
    [mention(TEXT, "Kordun", actor="onrecord:kordun")],
    statement="s1",
    date=day("2031-03-01", "2031-03-31", words="in March"),
)
STORMED = event(
    "ASSAULT", "stormed", [mention(TEXT, "dockers", form="nominal")], modality="negated", statement="s1"
)
MARCH = event(
    "PROTEST", "march", [mention(TEXT, "The Fishers' League", actor="local:league")], modality="future"
)
PRAISED = event("SUPPORT", "praised", [mention(TEXT, "Norway", actor="Q103")], [mention(TEXT, "grain")])


def one(*events: Event, **fields: Any) -> Reading:
    document: dict[str, Any] = {
        "given_id": "harbour-1",
        "title": "Harbour news",
        "outlet": "Nordwire",
        "url": "https://example.org/harbour",
        "published": "2031-05-07",
        "skipped": (Skipped(**msgspec.structs.asdict(span(TEXT, "HARBOUR NEWS")), why="headline"),),
        **fields,
    }
    return reading(TEXT, SAID, actors=ACTORS, places=PLACES, events=events, **document)


EVERY = ("actual", "future", "hypothetical", "negated", "historical")
ALL = one(MET, SENT, STORMED, MARCH, PRAISED)


def records(*made: Reading, **options: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    written = write_plover(made, out, **options)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert written == len(found)
    return found


def table(write: Callable[..., int], *made: Reading, **options: Any) -> list[dict[str, str]]:
    out = io.BytesIO()
    written = write(made, out, **options)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""), delimiter="\t"))
    assert written == len(found)
    return found


# --- what is an event that happened ---------------------------------------------------------------


@pytest.mark.parametrize("write", [write_plover, write_polecat, write_gdelt])
def test_what_is_denied_or_only_planned_is_not_written_unless_asked_for(write: Callable[..., int]) -> None:
    unreal = one(STORMED, MARCH)
    assert write([unreal], io.BytesIO()) == 0
    assert write([unreal], io.BytesIO(), modalities=("negated",)) == 1
    assert write([unreal], io.BytesIO(), modalities=EVERY) == 2


# --- PLOVER ---------------------------------------------------------------------------------------


def test_a_plover_record_has_the_names_of_the_manual() -> None:
    met, *_ = records(ALL)
    manual = set(
        "id date enddate actor recipient event mode context event_loc event_text quad_code event_scale text "
        "text_info cite_info has_event coder".split()
    )
    assert manual <= set(met)
    assert all(name.startswith("onrecord_") for name in set(met) - manual)
    assert met["event"] == ["CONSULT"]
    assert (met["mode"], met["context"]) == (["multilateral"], ["diplomatic", "economic"])
    assert (met["quad_code"], met["event_scale"]) == (1, 4.0)
    assert met["event_text"] == ["met", "talks"]
    assert met["has_event"] is True


def test_a_plover_entity_is_the_block_of_the_manual_and_each_actor_stands_once() -> None:
    met, sent, _ = records(ALL)
    assert [e["raw_text"] for e in met["actor"]] == ["Edda Morland", "Ib Vester"]
    assert met["actor"][0] == {
        "raw_text": "Edda Morland",
        "entity_name": "Edda Morland",
        "wikidata_id": "Q101",
        "country_name": "Norway",
        "code": "NOR",
        "sector_code": "GOV",
        "other_sector_codes": "",
        "office": "minister",
    }
    assert met["actor"][1]["wikidata_id"] is None
    assert met["recipient"] == []
    assert (sent["recipient"][0]["country_name"], sent["recipient"][0]["code"]) == ("NGO", "NGO")


def test_a_plover_record_says_where_its_sentence_stands_and_whose_text_it_is() -> None:
    met, sent, _ = records(ALL)
    for record, number in ((met, 2), (sent, 3)):
        info = record["text_info"]
        assert TEXT[info["start"] : info["end"]] == record["text"]
        assert info["sequence"] == number
    assert met["text"] == "Ministers Edda Morland and Ib Vester met in Lunsk on Tuesday."
    assert (met["cite_info"]["publication"], met["cite_info"]["url"]) == (
        "Nordwire",
        "https://example.org/harbour",
    )
    assert met["event_loc"] == {
        "extracted_place": "Lunsk",
        "resolved_place": "Lunsk",
        "geonameid": 77,
        "lat": 55.5,
        "lon": -12.0,
        "country": "Denmark",
        "country_code": "DNK",
    }


def test_a_day_is_a_date_a_month_has_an_end_and_an_undated_event_takes_no_date_from_its_document() -> None:
    met, sent, praised = records(ALL)
    assert (met["date"], met["enddate"]) == ("2031-05-06", None)
    assert (sent["date"], sent["enddate"], sent["onrecord_date_precision"]) == (
        "2031-03-01",
        "2031-03-31",
        "month",
    )
    assert (praised["date"], praised["enddate"], praised["onrecord_published"]) == (None, None, "2031-05-07")


def test_who_asserts_an_event_is_told_and_the_article_is_null() -> None:
    met, sent, _ = records(ALL)
    assert met["onrecord_asserted_by"] is None
    assert sent["onrecord_asserted_by"] == {
        "statement": "s1",
        "entity_name": "Edda Morland",
        "wikidata_id": "Q101",
        "code": "NOR",
        "sector_code": "GOV",
    }
    (denied,) = records(ALL, modalities=("negated",))
    assert denied["onrecord_modality"] == "negated"


def test_an_asserter_who_is_not_named_is_not_the_article() -> None:
    nobody = msgspec.structs.replace(SAID, speaker=None, source=None)
    made = msgspec.structs.replace(one(SENT), statements=(nobody,))
    (sent,) = records(made)
    assert sent["onrecord_asserted_by"]["statement"] == "s1"
    assert sent["onrecord_asserted_by"]["entity_name"] is None


# --- POLECAT --------------------------------------------------------------------------------------


def test_polecat_has_a_row_an_event_and_joins_several_actors_in_one_order() -> None:
    met, sent, praised = table(write_polecat, ALL)
    assert (met["Actor Name"], met["Actor Country"]) == ("Edda Morland; Ib Vester", "NOR; DNK")
    assert (met["Actor Title"], met["Wikipedia Actor ID"]) == ("minister; ", "Q101; ")
    assert (met["Event Date"], met["Intensity"], met["Contexts"]) == (
        "2031-05-06",
        "4",
        "diplomatic; economic",
    )
    assert (met["Placename"], met["Latitude"], met["GeoNames ID"]) == ("Lunsk", "55.5", "77")
    assert (sent["Event Date"], sent["Event Date From"], sent["Event Date To"]) == (
        "",
        "2031-03-01",
        "2031-03-31",
    )
    assert (sent["Asserted By"], sent["Modality"]) == ("Edda Morland", "actual")
    assert (praised["Event Date"], praised["Publication Date"], praised["Recipient Name"]) == (
        "",
        "2031-05-07",
        "grain",
    )
    assert met["Story People"] == "Edda Morland; Ib Vester"
    assert met["Recipient Name"] == ""


def test_a_header_can_be_left_out() -> None:
    for write, columns in ((write_polecat, polecat.COLUMNS), (write_gdelt, gdelt.COLUMNS)):
        whole, bare = io.BytesIO(), io.BytesIO()
        write([one(MET)], whole, header=True)
        write([one(MET)], bare, header=False)
        assert whole.getvalue() == "\t".join(columns).encode() + b"\n" + bare.getvalue()


@given(st.text(max_size=30), st.text(max_size=30))
def test_tabs_line_breaks_and_quotation_marks_never_break_a_row(name: str, title: str) -> None:
    actors = (Actor(id="Q101", name=name, country="NOR"),)
    made = msgspec.structs.replace(one(MET, title=title.encode("utf-8", "ignore").decode()), actors=actors)
    for write, columns in ((write_polecat, polecat.COLUMNS), (write_gdelt, gdelt.COLUMNS)):
        out = io.BytesIO()
        write([made], out, header=False)
        text = out.getvalue().decode()
        lines = text.removesuffix("\n").split("\n")
        assert {line.count("\t") for line in lines} == {len(columns) - 1}
        plain = [line.split("\t") for line in lines]
        assert list(csv.reader(io.StringIO(text, newline=""), delimiter="\t")) == plain
        assert not [c for row in plain for c in row if c[:1] in set("=+@") or re.match(r"-\D", c)]


def test_a_separator_inside_a_name_does_not_make_two_of_it() -> None:
    assert joined(["Hale; Sons", None, "Orv"]) == "Hale, Sons; ; Orv"


# --- GDELT ----------------------------------------------------------------------------------------


def test_gdelt_has_58_columns_and_a_row_for_each_pair() -> None:
    assert len(gdelt.COLUMNS) == 58
    assert gdelt.COLUMNS[25:31] == (
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    )  # fmt: skip
    there, back, sent, praised = table(write_gdelt, ALL)
    assert (there["Actor1Name"], there["Actor2Name"]) == ("Edda Morland", "Ib Vester")
    assert (back["Actor1Name"], back["Actor2Name"]) == ("Ib Vester", "Edda Morland")
    assert (sent["Actor1Code"], sent["Actor2Code"], sent["Actor2Type1Code"]) == ("NOR", "NGO", "NGO")
    assert (sent["Actor2CountryCode"], praised["Actor2Code"], praised["Actor2Name"]) == ("", "", "grain")
    assert (there["Actor1Code"], there["Actor1Type1Code"], there["Actor1CountryCode"]) == (
        "NORGOV",
        "GOV",
        "NOR",
    )


def test_gdelt_dates_say_no_more_than_the_text() -> None:
    met, _, sent, praised = table(write_gdelt, ALL)
    dates = ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")
    assert [met[name] for name in dates] == ["20310506", "203105", "2031", "2031.4274", "20310507"]
    assert [sent[name] for name in dates] == ["", "203103", "2031", "", "20310507"]
    assert [praised[name] for name in dates] == ["", "", "", "", "20310507"]


def test_gdelt_codes_are_cameo_and_its_scores_are_plover() -> None:
    met, _, sent, _ = table(write_gdelt, ALL)
    codes = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions")
    assert [met[name] for name in codes] == ["040", "040", "04", "1", "4", "2"]
    assert [sent[name] for name in codes] == ["070", "070", "07", "2", "10", "1"]
    assert met["ActionGeo_FullName"] == "Lunsk, Denmark"
    assert (met["ActionGeo_Lat"], met["ActionGeo_Long"], met["ActionGeo_CountryCode"]) == ("55.5", "-12", "")


def test_an_event_of_the_first_paragraph_that_was_read_is_a_root_event() -> None:
    assert [row["IsRootEvent"] for row in table(write_gdelt, ALL)] == ["1", "1", "1", "0"]
    assert {row["IsRootEvent"] for row in table(write_gdelt, one(MET, skipped=()))} == {"0"}


@given(st.text(), st.text(), st.integers(0, 20))
def test_an_event_number_fits_a_signed_column_and_stays_the_same(doc: str, name: str, pair: int) -> None:
    doc, name = (word.encode("utf-8", "ignore").decode() for word in (doc, name))
    assert 0 <= event_number(doc, name, pair) < 2**63
    assert event_number(doc, name, pair) == event_number(doc, name, pair)
    assert event_number(doc, name, pair) != event_number(doc, name, pair + 1)


def test_every_type_and_mode_has_a_cameo_code_and_every_code_belongs_to_one() -> None:
    modes = {f"{kind} {mode}" for kind, some in plover.MODES.items() for mode in some}
    assert set(CODES) <= set(plover.TYPES) | modes
    assert set(plover.TYPES) <= set(CODES)
    assert all(re.fullmatch(r"\d{3,4}", code) for code in CODES.values())
    assert all(1 <= int(code[:2]) <= 20 for code in CODES.values())


def test_an_assault_without_mode_is_fighting_only_in_a_military_context() -> None:
    assert cameo_of("ASSAULT", None) == "180"
    assert cameo_of("ASSAULT", None, ("military",)) == "190"
    assert cameo_of("ASSAULT", "aerial", ("military",)) == "195"
    assert cameo_of("COERCE", "withhold") == "170"
    assert cameo_of("FLY", None) is None


# --- dyads ----------------------------------------------------------------------------------------


def rows(*made: Reading, **options: Any) -> list[dict[str, str]]:
    out = io.BytesIO()
    written = write_dyads_csv(count_dyads(made, **options), out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert written == len(found)
    assert not out.closed
    return found


def test_dyads_count_events_by_countries_and_month_in_both_directions_where_reciprocal() -> None:
    found = rows(ALL)
    assert [(r["actor_country"], r["recipient_country"], r["month"]) for r in found] == [
        ("DNK", "NOR", "2031-05"),
        ("NOR", "DNK", "2031-05"),
        ("NOR", "NGO", "2031-03"),
    ]
    assert (found[0]["events"], found[0]["quad1"], found[0]["consult"], found[0]["aid"]) == (
        "1",
        "1",
        "1",
        "0",
    )
    assert (found[2]["quad2"], found[2]["aid"], found[2]["score_mean"]) == ("1", "1", "10.0")


def test_an_event_counts_once_for_a_pair_however_many_people_it_has() -> None:
    two = [mention(TEXT, "Edda Morland", actor="Q101"), mention(TEXT, "Norway", actor="Q103")]
    rejects = event("REJECT", "denied", two, [mention(TEXT, "Kordun", actor="onrecord:kordun")], mode="meet")
    (row,) = rows(
        one(rejects, msgspec.structs.replace(rejects, id="again", mode="assist")), one(rejects, id="two")
    )
    assert (row["events"], row["documents"], row["reject"]) == ("3", "2", "3")
    assert (row["score_sum"], row["score_mean"]) == ("-5.5", "-1.8333")


def test_events_that_did_not_happen_are_in_no_count_unless_asked_for() -> None:
    norway = [mention(TEXT, "Norway", actor="Q103")]
    kordun = [mention(TEXT, "Kordun", actor="onrecord:kordun")]
    made = one(*(event("THREATEN", "denied", norway, kordun, id=m, modality=m) for m in EVERY))
    assert [row["events"] for row in rows(made)] == ["1"]
    assert [row["events"] for row in rows(made, modalities=("negated", "future"))] == ["2"]
    assert count_dyads([one(STORMED, MARCH)]).rows == ()


def test_an_undated_event_has_a_row_without_month_and_one_without_countries_is_told() -> None:
    undated = msgspec.structs.replace(SENT, date=None)
    assert [row["month"] for row in rows(one(undated, SENT))] == ["", "2031-03"]
    assert count_dyads([ALL]).left_out == 1
    across = msgspec.structs.replace(SENT, date=day("2031-03-20", "2031-04-02"))
    assert [row["month"] for row in rows(one(across))] == [""]


def test_two_actors_without_a_recipient_are_a_pair_only_where_the_type_is_mutual() -> None:
    for kind in plover.TYPES:
        made = one(msgspec.structs.replace(MET, type=kind, mode=None))
        assert len(count_dyads([made]).rows) == (2 if kind in RECIPROCAL else 0)


def test_a_type_or_mode_that_the_manual_lacks_is_counted_and_costs_no_error() -> None:
    odd = msgspec.structs.replace(SENT, type="FLY")
    (row,) = rows(one(odd))
    assert (row["events"], row["score_sum"], row["score_mean"]) == ("1", "0", "")
    (coded,) = coded_events([one(msgspec.structs.replace(SENT, mode="odd"))])
    assert coded.score == 10.0


def test_parquet_holds_what_the_csv_holds_with_types() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    out = io.BytesIO()
    undated = msgspec.structs.replace(SENT, id="undated", date=None)
    assert write_dyads_parquet(count_dyads([ALL, one(undated)]), out) == 4
    assert not out.closed
    found = pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).to_pylist()
    assert list(found[0]) == list(dyads_module.COLUMNS)
    assert [(r["actor_country"], r["month"], r["events"], r["score_sum"]) for r in found] == [
        ("DNK", "2031-05", 1, 4.0),
        ("NOR", "2031-05", 1, 4.0),
        ("NOR", None, 1, 10.0),
        ("NOR", "2031-03", 1, 10.0),
    ]


def test_parquet_of_no_events_has_its_columns() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    out = io.BytesIO()
    assert write_dyads_parquet(count_dyads([]), out) == 0
    assert pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).column_names == list(dyads_module.COLUMNS)


def test_without_pyarrow_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[parquet\]"):
        write_dyads_parquet(count_dyads([ALL]), io.BytesIO())


# --- documents ------------------------------------------------------------------------------------


def test_the_mapping_to_cameo_and_the_columns_of_dyads_are_documented_as_they_are() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    columns = [f"| `{name}` | {meaning} |" for name, meaning in dyads_module.COLUMNS.items()]
    assert [line for line in columns if line not in documented] == []
    told = dict(
        re.findall(r"^\| (?:`([A-Z]+(?: [a-z-]+)?)`) \| (\d{3,4}) \|", documented, flags=re.MULTILINE)
    )
    assert told == CODES


def test_every_field_and_added_column_is_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    fields = set(records(ALL)[0]) | {f"`{name}`" for name in polecat.ADDED_COLUMNS}
    assert sorted(name for name in fields if name not in documented) == []


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def export(record_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs ``onrecord export`` on a record with all the events above."""
    with open_record(record_path) as store:
        store.write(ALL)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["export", "--record", str(record_path), *arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (("plover",), 3),
        (("plover", "--modality", "all"), 5),
        (("plover", "--modality", "negated", "--modality", "future"), 2),
        (("plover", "--min-confidence", "0.8"), 0),
        (("polecat",), 4),
        (("polecat", "--no-header"), 3),
        (("gdelt", "--header"), 5),
        (("gdelt", "--no-header"), 4),
        (("dyads",), 4),
        (("dyads", "--no-header", "--modality", "historical"), 0),
    ],
    ids=str,
)
def test_export_writes_the_events_that_are_asked_for(
    export: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], lines: int
) -> None:
    code, out, _ = export("--format", *arguments)
    assert code == 0
    assert len(out.splitlines()) == lines


def test_export_says_what_it_wrote_and_which_events_are_in_no_pair(
    export: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    file = tmp_path / "dyads.csv"
    _, out, err = export("--format", "dyads", "--out", str(file))
    assert out == ""
    assert "left out 1 event: no country" in err
    assert f"{file}: 3 rows" in err
    assert file.read_text(encoding="utf-8").startswith("actor_country,")


def test_parquet_goes_to_a_file_whole(export: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    file = tmp_path / "dyads.parquet"
    assert export("--format", "dyads-parquet", "--out", str(file))[0] == 0
    assert file.read_bytes()[:4] == file.read_bytes()[-4:] == b"PAR1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("csv", "--modality", "all"),
        ("jsonl", "--no-header"),
        ("plover", "--header"),
        ("dyads-parquet", "--no-header"),
        ("polecat", "--decisions"),
    ],
    ids=str,
)
def test_options_that_a_format_does_not_have_are_refused_in_one_line(
    export: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...]
) -> None:
    code, out, err = export("--format", *arguments)
    assert (code, out) == (2, "")
    assert "leave out" in err or "give --modality with" in err
    assert len(err.splitlines()) == 1


def test_the_grammar_knows_the_modalities_of_the_record() -> None:
    assert get_args(Modality) == MODALITIES

"""PLOVER types and modes -> the nearest CAMEO event codes, for programs that know only these.

PLOVER drops distinctions that CAMEO makes, so a code is the most general one that means the same; where
the manual's own table (CAMEO to PLOVER, 2021) gives one code for a mode, it is that one read backwards.
The codes are those of the CAMEO codebook 1.1b3. docs/events.md lists them.
"""

from __future__ import annotations

from collections.abc import Collection

# A type with no mode, then its modes; a mode that is not here has the code of its type.
CODES: dict[str, str] = {
    "AGREE": "030",
    "CONSULT": "040",
    "CONSULT visit": "042",
    "CONSULT third-party": "044",
    "CONSULT phone": "041",
    "SUPPORT": "050",
    "CONCEDE": "080",
    "COOPERATE": "060",
    "AID": "070",
    "RETREAT": "080",
    "RETREAT withdraw": "0874",
    "RETREAT release": "084",
    "RETREAT disarm": "0873",
    "RETREAT ceasefire": "0871",
    "RETREAT access": "086",
    "RETREAT resign": "0831",
    "REQUEST": "100",
    "REQUEST change": "104",
    "REQUEST yield": "105",
    "REQUEST meet": "106",
    "ACCUSE": "110",
    "ACCUSE disapprove": "111",
    "ACCUSE investigate": "090",
    "ACCUSE allege": "112",
    "REJECT": "120",
    "REJECT change": "123",
    "REJECT yield": "124",
    "REJECT meet": "125",
    "THREATEN": "130",
    "THREATEN restrict": "131",
    "THREATEN relations": "1313",
    "THREATEN expel": "136",
    "THREATEN territory": "1382",
    "THREATEN violence": "138",
    "PROTEST": "140",
    "PROTEST demo": "141",
    "PROTEST riot": "145",
    "PROTEST strike": "143",
    "PROTEST hunger": "142",
    "PROTEST boycott": "143",
    "PROTEST obstruct": "144",
    "PROTEST vandalize": "145",
    "SANCTION": "160",
    "SANCTION convict": "116",
    "SANCTION expel": "166",
    "SANCTION withdraw": "161",
    "MOBILIZE": "150",
    "MOBILIZE troops": "154",
    "MOBILIZE police": "153",
    "COERCE": "170",
    "COERCE seize": "171",
    "COERCE restrict": "172",
    "COERCE censor": "1721",
    "COERCE curfew": "1723",
    "COERCE martial-law": "1724",
    "COERCE arrest": "173",
    "COERCE deport": "174",
    "COERCE cyber": "176",
    "ASSAULT": "180",
    "ASSAULT abduct": "181",
    "ASSAULT beat": "182",
    "ASSAULT torture": "1822",
    "ASSAULT sexual": "1821",
    "ASSAULT targeted": "186",
    "ASSAULT destroy": "1712",
    "ASSAULT firearms": "193",
    "ASSAULT explosives": "183",
    "ASSAULT suicide-attack": "1831",
    "ASSAULT aerial": "195",
    "ASSAULT drone": "1952",
    "ASSAULT heavy-weapons": "194",
    "ASSAULT crowd-control": "175",
    "ASSAULT unconventional": "204",
}
MILITARY_ASSAULT = "190"
"""An assault of no known mode in a military context: conventional force, CAMEO's FIGHT."""


def cameo_of(kind: str, mode: str | None, context: Collection[str] = ()) -> str | None:
    """The CAMEO code of three or four digits that is nearest to an event; None for an unknown type.

    >>> cameo_of("ACCUSE", "allege"), cameo_of("ASSAULT", None, ["military"])
    ('112', '190')
    """
    if kind == "ASSAULT" and f"{kind} {mode}" not in CODES and "military" in context:
        return MILITARY_ASSAULT
    return CODES.get(f"{kind} {mode}") or CODES.get(kind)

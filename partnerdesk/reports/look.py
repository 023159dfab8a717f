"""How things look: colours by token, sizes of chart marks and the roles of type; documents, light and dark screens.

One `Look` is handed to every chart, mark and page, so that the same drawing code serves all of them. Nothing is
drawn here and no font is loaded; colours are `#RRGGBB`, sizes in points unless a name says mm.
"""

from dataclasses import dataclass, fields
from typing import Literal

Face = Literal["regular", "medium", "semibold", "italic", "mono"]


@dataclass(frozen=True, slots=True)
class Role:
    """A use of type: size and leading in points, weight, colour token and letter spacing in points."""

    size: float
    leading: float
    face: Face = "regular"
    colour: str = "text"
    tracking: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colour tokens and chart measures of one place where things are shown."""

    name: str
    bg: str
    bg2: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str
    info: str
    up: str
    down: str
    held: str  # the lines of the hatch
    held_ground: str
    held_line: str  # the outline
    holdback: str
    total: str
    grey: str
    tier1: str = "#C3DAF0"
    tier2: str = "#6FA8D8"
    tier3: str = "#1F6FB2"
    tier4: str = "#0B3F6E"
    tier_line: str  # around the pips
    line: str
    line2: str
    grid: str
    hover: str
    selected: str
    button: str
    button_line: str
    bar_good: str
    bar_warn: str
    bar_bad: str
    bar_info: str
    range1: str  # behind a bullet, from the lowest range to the highest
    range2: str
    range3: str
    range4: str
    fan50: str
    fan80: str
    value: Role
    category: Role
    note: Role
    axis: Role
    baseline: float = 0.75
    grid_width: float = 0.35
    data_width: float = 1.75
    outline: float = 0.75
    connector: float = 0.5
    hatch_gap_mm: float = 1.1
    hatch_width: float = 0.6
    held_hatch_width: float = 0.8
    column_share: float = 0.62

    def colour(self, token: str) -> str:
        """The `#RRGGBB` of a token. Raises KeyError for a name that is no colour token."""
        if token not in TOKENS:
            raise KeyError(f"{token} is no colour token")
        return str(getattr(self, token))


_NO_COLOURS = {"name", "value", "category", "note", "axis"}
TOKENS = frozenset(f.name for f in fields(Look) if f.type in (str, "str") and f.name not in _NO_COLOURS)

_SCREEN_VALUE = Role(8.25, 12, "semibold")
_SCREEN_LABEL = Role(8.25, 12, "regular", "muted")

DOCUMENT = Look(
    name="document",
    bg="#FFFFFF",
    bg2="#F4F6F8",
    text="#1F2933",
    muted="#52606D",
    border="#9AA5B1",
    accent="#0B5FA5",
    on_accent="#FFFFFF",
    good="#0F766E",
    warn="#B45309",
    bad="#7A0C35",
    info="#1D4ED8",
    up="#1F6FB2",
    down="#C2410C",
    held="#B98500",
    held_ground="#FBF1D3",
    held_line="#8A6300",
    holdback="#FBEFC9",
    total="#4D5761",
    grey="#9AA5B1",
    tier_line="#1F2933",
    line="#C5CDD6",
    line2="#C5CDD6",
    grid="#C5CDD6",
    hover="#EDF1F5",
    selected="#E4EEF7",
    button="#FFFFFF",
    button_line="#C9D1D9",
    bar_good="#E7F3F1",
    bar_warn="#FBF1E6",
    bar_bad="#F9EDF1",
    bar_info="#EAF2FA",
    range1="#F1F3F6",
    range2="#E3E8ED",
    range3="#D3DAE1",
    range4="#C2CBD4",
    fan50="#B3CFE8",
    fan80="#DCE8F3",
    value=Role(8.5, 11, "semibold"),
    category=Role(8.25, 11, "medium"),
    note=Role(7.5, 10, "regular", "muted"),
    axis=Role(7.5, 10, "regular", "muted"),
)

LIGHT = Look(
    name="light",
    bg="#FFFFFF",
    bg2="#F4F6F8",
    text="#1F2933",
    muted="#52606D",
    border="#7B8794",
    accent="#0B5FA5",
    on_accent="#FFFFFF",
    good="#0F766E",
    warn="#B45309",
    bad="#7A0C35",
    info="#1D4ED8",
    up="#1F6FB2",
    down="#C2410C",
    held="#E0A100",
    held_ground="#FFFFFF",
    held_line="#1F2933",
    holdback="#FBEFC9",
    total="#4D5761",
    grey="#9AA5B1",
    tier_line="#6FA8D8",
    line="#E1E6EB",
    line2="#EBEFF3",
    grid="#E9EDF1",
    hover="#EDF1F5",
    selected="#E4EEF7",
    button="#FFFFFF",
    button_line="#C9D1D9",
    bar_good="#E7F3F1",
    bar_warn="#FBF1E6",
    bar_bad="#F9EDF1",
    bar_info="#EAF2FA",
    range1="#C3DAF0",
    range2="#D7E6F4",
    range3="#EAF2FA",
    range4="#F4F6F8",
    fan50="#B4D1EB",
    fan80="#DCE9F5",
    data_width=1.31,
    held_hatch_width=1.3,
    hatch_width=0.9,
    hatch_gap_mm=1.3,
    column_share=0.58,
    value=_SCREEN_VALUE,
    category=_SCREEN_LABEL,
    note=_SCREEN_LABEL,
    axis=_SCREEN_LABEL,
)

DARK = Look(
    name="dark",
    bg="#1B1E23",
    bg2="#23272E",
    text="#E6EAF0",
    muted="#A3ADBB",
    border="#7B8794",
    accent="#6CB6FF",
    on_accent="#10161D",
    good="#7FE0D0",
    warn="#E9A23B",
    bad="#F2668B",
    info="#8FBFFF",
    up="#56B4E9",
    down="#F28E4B",
    held="#F0C04A",
    held_ground="#1B1E23",
    held_line="#E6EAF0",
    holdback="#5A4A1C",
    total="#A3ADBB",
    grey="#6B7683",
    tier_line="#E6EAF0",
    line="#343A43",
    line2="#2B3038",
    grid="#2D323A",
    hover="#292E36",
    selected="#24384D",
    button="#2B3038",
    button_line="#4A525E",
    bar_good="#1F3332",
    bar_warn="#372D1F",
    bar_bad="#38242D",
    bar_info="#22303F",
    range1="#38495C",
    range2="#303C4A",
    range3="#29313B",
    range4="#252A31",
    fan50="#35526F",
    fan80="#2A3A4B",
    data_width=1.31,
    held_hatch_width=1.3,
    hatch_width=0.9,
    hatch_gap_mm=1.3,
    column_share=0.58,
    value=_SCREEN_VALUE,
    category=_SCREEN_LABEL,
    note=_SCREEN_LABEL,
    axis=_SCREEN_LABEL,
)

# The roles of type on pages. Nothing on a page is smaller than 7 pt.
TITLE = Role(21, 26, "semibold", tracking=-0.2)
TITLE_PORTRAIT = Role(19, 24, "semibold", tracking=-0.2)
KEY = Role(21, 27, "semibold")
KEY_UNIT = Role(9, 27, "regular", "muted")
DECK = Role(10.5, 15, "regular", "muted")
LEAD = Role(10.5, 15.2)
HEADING = Role(9.5, 13, "semibold")
BODY = Role(9, 12.5)
ROW = Role(9, 12.5)
ROW_BOLD = Role(9, 12.5, "semibold")
CELL = Role(8.5, 11.5)
CELL_BOLD = Role(8.5, 11.5, "semibold")
CELL_MUTED = Role(8.5, 11.5, "regular", "muted")
COLUMN = Role(7.5, 10, "medium", "muted")
SUB = Role(8, 11, "regular", "muted")
HEAD = Role(8, 11, "regular", "muted")
HEAD_NAME = Role(8, 11, "semibold")
FOOT = Role(7.5, 10, "regular", "muted")
FOOT_BOLD = Role(7.5, 10, "semibold")
SOURCE = Role(7.5, 10.5, "regular", "muted")

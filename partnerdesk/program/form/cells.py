"""The fields of a form: a value of the text with its unit and its words, values in a row, rows in a group."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.program.help import in_words, meaning
from partnerdesk.program.reference.sections import KeyEntry
from partnerdesk.program.spans import Path

Value = Decimal | date | str | bool
TEXT, NUMBER, PERCENT, DAY, CHOICE, FLAG = "text", "number", "percent", "day", "choice", "flag"
SHARES = frozenset(
    "rate share factor more_than_share by_tier rate_by_tier cost_share cost_share_by fund_rate recover_share".split()
)
MONEY = {
    "cap": ("at_most",),
    "safety_net": ("at_least",),
    "earning": ("amount", "least", "most", "nothing_below"),
    "fund": ("grant", "minimum", "at_most", "claim_minimum"),
    "settlement": ("minimum",),
}
UNITS = ("months", "days", "periods")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its key path, what stands above it, the value (a percentage as such), its unit, how it is written.

    A key that the text leaves out has nothing written, and the value that the format then takes, if there is one.
    `says` are the words of the format; an optional one may be emptied, which takes its key out of the text.
    """

    path: Path
    caption: str
    value: Value | None
    kind: str
    unit: str
    raw: str
    says: str = ""
    choices: tuple[str, ...] = ()
    is_optional: bool = False

    @property
    def places(self) -> int:
        """How many decimals its number is shown with."""
        return places_of(self.value) if isinstance(self.value, Decimal) else 0


@dataclass(frozen=True, slots=True)
class Row:
    """Values that belong together: a band, a rate by tier, a requirement."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A rule with fields: its title, its clause, its key, and the part of the form that it stands in."""

    title: str
    note: str
    path: Path
    rows: tuple[Row, ...]
    part: str


def places_of(number: Decimal) -> int:
    """The decimals that a number needs."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def own_path(path: Path) -> Path:
    """The path of a rule's key as if the rule stood in the program itself and not in a module."""
    return path[2:] if path[0] == "module" else path


def declared(path: Path) -> KeyEntry | None:
    """The format's entry of a path's last key; None for a name that the text itself gives."""
    entry = meaning(path)
    return entry if entry is not None and entry.name == path[-1] else None


def cell_of(raw: Mapping[str, Any], path: Path, caption: str, written: str) -> Cell:
    """The field of a value that stands in the text; a day, a number, a choice, yes or no, else a plain text."""
    entry = declared(path)
    says = in_words(entry.says) if entry is not None else ""
    plain = tomllib.loads(f"x = {written}", parse_float=Decimal)["x"]
    if isinstance(plain, bool):
        return Cell(path, caption, plain, FLAG, "", written, says)
    if isinstance(plain, date):
        return Cell(path, caption, plain, DAY, "", written, says)
    if isinstance(plain, str):
        choices = entry.choices if entry is not None else ()
        return Cell(path, caption, plain, CHOICE if choices else TEXT, "", written, says, choices)
    number = Decimal(plain)
    is_share = bool(SHARES & set(path[-2:])) and abs(number) <= 1
    unit = "%" if is_share else unit_of(raw, path)
    return Cell(
        path, caption, number * 100 if is_share else number, PERCENT if is_share else NUMBER, unit, written, says
    )


def unit_of(raw: Mapping[str, Any], path: Path) -> str:
    """The unit that follows from a key: the program's currency, months, days, periods; else none."""
    own = own_path(path)
    level = 2 if own[0] == "settlement" else 3
    if (own[-1] in MONEY.get(own[0], ()) and len(own) == level) or own[:2] + own[-1:] == (
        "settlement",
        "draw",
        "amount",
    ):
        return str(raw.get("currency", "EUR"))
    entry = declared(path)
    if entry is not None and "number" not in entry.type:
        return ""
    return next((unit for unit in UNITS if own[-1].endswith(f"_{unit}")), "")


def caption_of(path: Path) -> str:
    """What a key is called above its field, without the unit that stands beside it."""
    name, entry = path[-1], declared(path)
    for unit in UNITS if entry is None or "number" in entry.type else ():
        name = name.removesuffix(f"_{unit}")
    return name.replace("_", " ")

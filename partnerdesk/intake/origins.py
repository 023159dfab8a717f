"""Layouts of known exports: which headers give an origin away, and what its columns become.

A layout is a hint for the mapping, never a condition for accepting a file: columns may be missing, added or reordered.
The layouts are data in `resources/intake/origins`; a new origin is a new table there, not new code.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from partnerdesk.intake.lexicon import squash
from partnerdesk.paths import resource


@dataclass(frozen=True, slots=True)
class Layout:
    """One export of one origin; all headers are squashed.

    `columns` maps a header to (target, reading), the target "" for a column that is left out on purpose. Rows that
    are true in a column of `leave_out`, or not true in one of `keep_only`, are ignored with its reason. `wide` is
    "units" or "thousands" where months stand in columns. `derive` says whether lines describe their deal.
    """

    origin: str
    name: str
    title: str
    kind: str
    need: int
    signature: frozenset[str]
    without: frozenset[str]
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    leave_out: Mapping[str, str] | None = None
    keep_only: Mapping[str, str] | None = None
    constants: Mapping[str, str] | None = None
    sure: frozenset[str] = frozenset()  # any of these alone gives the layout away
    currency: str = ""
    most: int = 0
    wide: str = ""
    derive: bool = True
    asks_units: bool = False


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Every known layout."""
    found: list[Layout] = []
    for path in sorted(resource("intake/origins").glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        for vendor in document.get("vendor", (document,)):
            found += [_layout(vendor, given) for given in vendor["layout"]]
    return tuple(found)


def _layout(vendor: Mapping[str, Any], given: Mapping[str, Any]) -> Layout:
    return Layout(
        vendor["origin"],
        vendor["name"],
        given["title"],
        given["kind"],
        given["need"],
        frozenset(map(squash, given["signature"])),
        frozenset(map(squash, given.get("without", ()))),
        {squash(header): _target(text) for header, text in given["columns"].items()},
        tuple(given.get("key", ())),
        tuple(given.get("required", ())),
        {squash(k): v for k, v in given.get("leave_out", {}).items()},
        {squash(k): v for k, v in given.get("keep_only", {}).items()},
        given.get("constants", {}),
        frozenset(map(squash, given.get("sure", ()))),
        given.get("currency", vendor.get("currency", "")),
        given.get("most", 0),
        given.get("wide", ""),
        given.get("derive", True),
        vendor.get("asks_units", False),
    )


def _target(text: str) -> tuple[str, str]:
    target, _, reading = text.partition(" as ")
    return target, reading


@lru_cache(maxsize=1)
def known_headers() -> frozenset[str]:
    """Squashed headers that any layout knows."""
    return frozenset(word for layout in layouts() for word in (*layout.signature, *layout.columns))


def detect(words: Sequence[str], origin: str = "") -> Layout | None:
    """The layout whose signature a table's squashed headers carry best; None where none does."""
    present = frozenset(w for w in words if w)
    weighed = []
    for i, layout in enumerate(layouts()):
        if (origin and layout.origin != origin) or (layout.most and len(present) > layout.most):
            continue
        hits = len(layout.signature & present)
        need = 1 if origin or layout.sure & present else layout.need
        if hits >= need and not layout.without & present:
            mapped = len(present & layout.columns.keys())
            weighed.append((100 * hits // layout.need, 100 * hits // len(layout.signature), mapped, -i))
    return layouts()[-max(weighed)[3]] if weighed else None

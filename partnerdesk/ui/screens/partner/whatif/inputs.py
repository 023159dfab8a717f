"""The inputs of a what-if as a table: what each is, and what it would be, edited in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import Refused
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.facts_changed import Left
    from partnerdesk.ops.whatif.inputs import Input
    from partnerdesk.queries.scenarios import Change
    from partnerdesk.reports.format import Formats

ReadDay = Callable[[str], date | None]
CHANGED = "changed"
GROUPS = (
    ("Changed", CHANGED),
    ("Deals", "deals"),
    ("Renewals", "renewals"),
    ("Delivery", "delivery"),
    ("People", "people"),
    ("Metrics", "metrics"),
    ("Rules", "rules"),
)


@dataclass(frozen=True, slots=True)
class InputRow:
    """An input with what the case says for it; `given` is None for a change of what no input offers.

    `why` says that the change is left out, and why.
    """

    key: tuple[str, ...]
    group: str
    of: str
    says: str
    now: str
    then: str
    given: "Input | None"
    changes: "tuple[Change, ...]" = ()
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the case says something here."""
        return bool(self.then)


def input_rows(
    given: "Sequence[Input]", changes: "Sequence[Change]", left: "Sequence[Left]", formats: "Formats"
) -> list[InputRow]:
    """Every input, then the changes that belong to none."""
    from partnerdesk.ops.whatif.entering import belongs, value_in

    wrong = {one.change: one.why for one in left}
    rows: list[InputRow] = []
    told: set[Change] = set()
    for one in given:
        own = tuple(c for c in changes if belongs(c, one))
        told.update(own)
        try:
            value = value_in(changes, one)
        except Refused:
            value = None
        then = shown(one, value, formats) if own and value is not None else ""
        why = next((wrong[c] for c in own if c in wrong), "")
        now = shown(one, one.now, formats)
        rows.append(InputRow(one.key, one.group, one.of, one.says, now, then, one, own, why))
    return rows + _others([c for c in changes if c not in told], wrong)


def _others(changes: "Sequence[Change]", wrong: "dict[Change, str]") -> list[InputRow]:
    """Changes of anything else, one row per fact or key."""
    from partnerdesk.ops.whatif.words import field_words
    from partnerdesk.queries.scenarios import ADD, METRIC, REMOVE, RULE

    rows = []
    for c in changes:
        kind = c.of.replace("_", " ")
        of = {RULE: f"Version {c.of}", METRIC: f"Metric {c.of}", ADD: f"New {kind} {c.item}"}
        says = c.field if c.action == RULE else "" if c.action == METRIC else field_words(c.of, c.field)
        then = "taken away" if c.action == REMOVE else c.value or "empty"
        what = of.get(c.action, f"{kind.capitalize()} {c.item}")
        rows.append(InputRow((c.action, *c.place), "", what, says, "", then, None, (c,), wrong.get(c, "")))
    return rows


def columns(
    formats: "Formats", read_day: Callable[[str], date | None], commit: Callable[[Any, Any], object]
) -> list[Column]:
    """What, now, and what would be."""

    def value_of(row: InputRow, text: str) -> Any:
        return typed(row.given, text, formats, read_day)

    def choices(row: InputRow) -> tuple[str, ...]:
        return row.given.choices if row.given is not None else ()

    def text_of(row: InputRow) -> str:
        return row.then or row.now

    def then(row: InputRow) -> str:
        return f"left out: {row.then}" if row.why else row.then

    edit = Edit(text_of, str, commit, parse_for=value_of, choices_for=choices)
    return [
        Column("of", "What", lambda r: r.of, kind=kinds.NAME, width=220),
        Column("says", "Value", lambda r: r.says, width=120),
        Column("now", "As is", lambda r: r.now, kind=kinds.MUTED, width=108),
        Column("then", "What-if", then, width=100, strong=True, edit=edit),
        Column("why", "Left out because", lambda r: r.why, kind=kinds.MUTED, width=300, hidden=True),
    ]


def shown(given: "Input", value: Any, formats: "Formats") -> str:
    """A value of an input in the reader's words."""
    from partnerdesk.ops.whatif.inputs import SHARE

    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, date):
        return formats.day(value)
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        return str(value)
    if given.kind == SHARE:
        return formats.percent(value, 1)
    places = 2 if given.kind == "money" else min(2, max(0, -int(Decimal(value).normalize().as_tuple().exponent)))
    unit = f" {given.unit}" if given.unit and given.kind != "money" else ""
    return f"{formats.number(value, places)}{unit}"


def typed(given: "Input | None", text: str, formats: "Formats", read_day: ReadDay) -> Any:
    """The value that was typed for an input; nothing typed is what it is now. Raises Refused with what is wrong."""
    from partnerdesk.ops.whatif.bounds import refuse_outside
    from partnerdesk.ops.whatif.inputs import COUNT, SHARE

    if given is None:
        raise Refused("This row is not one of the inputs.", "Take it back with R, or change it under More.")
    text = text.strip()
    if not text:
        return given.now
    if given.kind == "day":
        return read_day(text)
    if given.choices:
        if text.lower() not in given.choices:
            raise Refused(f"“{text}” is none of {', '.join(given.choices)}.")
        return text.lower()
    unit = given.unit or ("%" if given.kind == SHARE else "")
    number = formats.parse_number(text.removesuffix(unit).removesuffix("%").strip())
    if given.kind == COUNT and (number != int(number) or number < 0):
        raise Refused("A whole number of people is needed.", "Write it like 2.")
    value = number / 100 if given.kind == SHARE else number
    if given.bounds is not None:
        refuse_outside(given.name, value, given.bounds, is_share=given.kind == SHARE)
    return value

"""How the cells of a plan are edited: what an editor shows of a row, how a typed text is read, and which op writes it.

A commitment and its owner stand in one cell and are typed in one line, `Demo lab in Haarlem @I. van Dorp`; so are a
state and its reason, `at risk: two people left`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table.model import Edit
from partnerdesk.ui.typed_day import day_reader

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PersonRow

Op = Callable[..., Any]
STATES = ("on track", "in progress", "at risk", "done", "dropped")
REASONED = ("at risk", "dropped")


class PlanEdits:
    """Makes the `Edit`s of the plan's tables; writes go through the tab."""

    def __init__(self, tab: ShownPlan) -> None:
        self._tab = tab

    def text(self, op: Op, field: str, label: str, offers: tuple[str, ...] = ()) -> Edit:
        """A text in a field of its own, completed from what is offered."""
        edit = self._field(op, field, label, str.strip, str)
        return Edit(edit.text, edit.parse, edit.commit, choices=offers)

    def person(self, op: Op, field: str, label: str) -> Edit:
        """Somebody of either side: those who are known are offered, and the beginning of a name is enough."""
        edit = self._field(op, field, label, lambda typed: self._full(typed.strip()), str)
        return Edit(edit.text, edit.parse, edit.commit, choices_for=lambda _row: tuple(p.name for p in self._known()))

    def _known(self) -> "tuple[PersonRow, ...]":
        return self._tab.view.known if self._tab.view is not None else ()

    def _full(self, typed: str) -> str:
        """The name of the only person that is meant, else what was typed."""
        from partnerdesk.ops.joint.quick import person_named

        found = person_named(typed, self._known()) if typed else None
        return found.name if found is not None else typed

    def choice(self, op: Op, field: str, label: str, choices: tuple[str, ...]) -> Edit:
        """One of a few words."""
        parse = _one_of(choices)
        edit = self._field(op, field, label, parse, str)
        return Edit(edit.text, edit.parse, edit.commit, choices=choices)

    def words(self, op: Op, field: str, label: str, says: Mapping[str, str]) -> Edit:
        """One of a few values that are said in other words."""
        values = {said: value for value, said in says.items()}
        known = _one_of(tuple(values))
        edit = self._field(op, field, label, lambda typed: values[known(typed)], lambda value: says[value])
        return Edit(edit.text, edit.parse, edit.commit, choices=tuple(values))

    def day(self, op: Op, field: str, label: str) -> Edit:
        """A day; an empty field takes it away."""
        formats = self._tab.formats
        return self._field(op, field, label, day_reader(self._tab.desk.today, formats), formats.day)

    def count(self, op: Op, field: str, label: str) -> Edit:
        """A whole number of days; an empty field takes it away."""
        return self._field(op, field, label, lambda typed: _or_none(typed, _whole), str)

    def amount(self, op: Op, field: str, label: str, *, share: bool = False) -> Edit:
        """A number, or a percentage where one is typed (always for a share); an empty field takes it away."""
        formats = self._tab.formats

        def shown(value: Decimal) -> str:
            return formats.percent(value, places(value * 100)) if share else formats.number(value, places(value))

        def parsed(typed: str) -> Decimal | None:
            value = _amount(typed, formats.parse_number)
            return value / 100 if value is not None and share and "%" not in typed and value > 1 else value

        return self._field(op, field, label, parsed, shown)

    def measured(self, op: Op, names: Mapping[str, str]) -> Edit:
        """The metric that measures a target, by its name; nothing for a target that is kept by hand."""
        keys = {said.casefold(): key for key, said in names.items()} | {key: key for key in names}

        def parse(typed: str) -> str:
            wanted = typed.strip().casefold()
            if wanted and wanted not in keys:
                raise ValueError("Choose a metric of the program, or leave it empty to keep the target by hand")
            return keys[wanted] if wanted else ""

        def commit(row: Any, metric: str) -> None:
            before = {"metric": row.metric, "source": row.source}
            fields = {"metric": metric, "source": "auto" if metric else "manual"}
            self._tab.change("Edit target", op, row.id, before, fields=fields)

        return Edit(lambda r: names.get(r.metric, r.metric), parse, commit, choices=tuple(names.values()))

    def _field(self, op: Op, field: str, label: str, parse: Callable[[str], Any], show: Callable[[Any], str]) -> Edit:
        def shown(row: Any) -> str:
            value = getattr(row, field)
            return "" if value is None else show(value)

        def commit(row: Any, value: Any) -> None:
            self._tab.change(f"Edit {label}", op, row.id, {field: getattr(row, field)}, fields={field: value})

        return Edit(shown, parse, commit)

    def owned(self, op: Op, text: str, owner: str, label: str) -> Edit:
        """A commitment with its owner after an @, which waits for a name where there is none.

        People of that side are offered, and the beginning of a name is enough.
        """
        whose = owner.partition("_")[0]

        def shown(row: Any) -> str:
            return with_owner(getattr(row, text), getattr(row, owner))

        def offered(_row: Any) -> tuple[str, ...]:
            return tuple(f"@{person.name}" for person in self._known() if person.side == whose)

        def parse(typed: str) -> tuple[str, str]:
            said, name = split_owner(typed)
            return said, self._full(name)

        def commit(row: Any, value: tuple[str, str]) -> None:
            before = {text: getattr(row, text), owner: getattr(row, owner)}
            self._tab.change(f"Edit {label}", op, row.id, before, fields={text: value[0], owner: value[1]})

        return Edit(shown, parse, commit, choices_for=offered)

    def state(self, op: Op) -> Edit:
        """How an objective goes, with a reason after a colon where one is needed."""

        def shown(row: Any) -> str:
            return f"{row.status}: {row.reason}" if row.reason else str(row.status)

        def commit(row: Any, value: tuple[str, str]) -> None:
            self._tab.change("Report objective", op, row.id, fields={"status": value[0], "reason": value[1]})

        return Edit(shown, split_state, commit, choices=STATES)

    def reached(self, op: Op) -> Edit:
        """What an objective has reached so far."""

        def shown(row: Any) -> str:
            return "" if row.actual is None else self._tab.formats.number(row.actual, places(row.actual))

        def commit(row: Any, value: Decimal) -> None:
            fields = {"status": row.status, "actual": value, "reason": row.reason}
            self._tab.change("Report objective", op, row.id, fields=fields)

        return Edit(shown, self._tab.formats.parse_number, commit)

    def quarter(self, set_target: Op, report: Op, n: int) -> Edit:
        """The target of a quarter; `actual of target` where a person keeps the actual."""
        formats = self._tab.formats

        def said(value: Decimal | None, row: Any) -> str:
            if value is None:
                return ""
            return formats.percent(value) if row.unit == "%" else formats.number(value, places(value))

        def shown(row: Any) -> str:
            quarter = row.quarters[n]
            target = said(quarter.value, row)
            return f"{said(quarter.actual, row)} of {target}" if quarter.actual is not None and _kept(row) else target

        def commit(row: Any, value: tuple[Decimal | None, Decimal | None]) -> None:
            quarter, (actual, target) = row.quarters[n], value
            if actual != quarter.actual and _kept(row):
                self._tab.change("Report target", report, row.id, quarter.quarter, fields={"actual": actual})
            if target != quarter.value:
                self._tab.change("Edit target", set_target, row.id, quarter.quarter, fields={"value": target})

        return Edit(shown, lambda typed: split_quarter(typed, formats.parse_number), commit)


def _kept(row: Any) -> bool:
    return bool(row.source != "auto")


def places(value: Decimal) -> int:
    """How many decimals a typed number has."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(typed: str) -> str:
        found = typed.strip().casefold()
        if found not in choices:
            raise ValueError(f"Choose one of {', '.join(c or 'nothing' for c in choices)}")
        return found

    return parse


def _or_none(typed: str, parse: Callable[[str], Any]) -> Any:
    return parse(typed) if typed.strip() else None


def _whole(typed: str) -> int:
    digits = typed.split()[0]
    if not digits.isdecimal():
        raise ValueError("Write a number of days, such as 5")
    return int(digits)


def with_owner(text: str, owner: str) -> str:
    """The line that is typed for a commitment and its owner."""
    return f"{text} @{owner}".strip()


def split_owner(typed: str) -> tuple[str, str]:
    """Commitment and owner of a typed line; the last @ at the start of a word begins the owner's name."""
    line = f" {typed.strip()}"
    text, mark, owner = line.rpartition(" @")
    return (text.strip(), owner.strip()) if mark else (line.strip(), "")


def split_state(typed: str) -> tuple[str, str]:
    """State and reason of a typed line."""
    state, _, reason = (part.strip() for part in typed.partition(":"))
    state = _one_of(STATES)(state)
    if state in REASONED and not reason:
        raise ValueError(f"Say why after a colon: {state}: …")
    return state, reason


def split_quarter(typed: str, number: Callable[[str], Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Actual and target of `52 of 180`; a single number is the target."""
    before, of, after = typed.partition(" of ")
    actual, target = (before, after) if of else ("", before)
    return _amount(actual, number), _amount(target, number)


def _amount(typed: str, number: Callable[[str], Decimal]) -> Decimal | None:
    text = typed.strip()
    if text.endswith("%"):
        return number(text.removesuffix("%")) / 100
    return number(text) if text else None

"""The columns of a period's run: the roll-forward of each statement, its checks and where it stands."""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.queries.statements.closing import RunRow
    from partnerdesk.reports.format import Formats

STATUSES = {
    "ready": ("info", "Ready"),
    "blocked": ("blocked", "Blocked"),
    "closed": ("final", "Final v1"),
    "running": ("info", "Period is running"),
}
MONEY = (
    ("opening", "Opening"),
    ("earned", "Earned"),
    ("transfers", "Transfers"),
    ("clawed_back", "Taken back"),
    ("adjusted", "Adjusted"),
    ("paid", "Paid"),
    ("closing", "Closing"),
    ("held", "Of it held"),
)
CHANGE = "change"  # of what is earned, against the period before
HIDDEN = ("transfers", "held")  # until chosen: transfers move money between held and payable and change no total


def columns(
    formats: "Formats",
    open_partner: "Callable[[RunRow], object]",
    open_changes: "Callable[[RunRow], object]",
    period: Callable[[], str],
) -> list[Column]:
    """All columns; `period` is the label of the period shown, which the figures' names need."""
    money = {key: _money(key, title, formats, period) for key, title in MONEY}
    return [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=172, open_it=open_partner),
        money.pop("opening"),
        money.pop("earned"),
        _change(formats, open_changes),
        *money.values(),
        Column("checks", "Checks", _checks, kind=kinds.STATUS, width=84),
        Column("disputes", "Disputes", disputes_words, kind=kinds.STATUS, width=92),
        Column("status", "Status", _status, kind=kinds.STATUS, width=122),
    ]


def _change(formats: "Formats", open_changes: "Callable[[RunRow], object]") -> Column:
    """Earned against the period before; it leads to why."""

    def signed(change: Any) -> str:
        return formats.change(change)

    return Column(
        CHANGE,
        "Change",
        attrgetter(CHANGE),
        signed,
        kinds.ACCOUNTING,
        width=96,
        says="Earned against the period before",
        sums=True,
        open_it=open_changes,
    )


def _money(key: str, title: str, formats: "Formats", period: Callable[[], str]) -> Column:
    named = "row|closing|held" if key == "held" else f"moved|{key}"

    def figure(row: Any) -> str:
        return f"{row.partner}#{named}|{period()}"

    return Column(
        key,
        title,
        attrgetter(key),
        formats.accounting,
        kinds.ACCOUNTING,
        width=96,
        hidden=key in HIDDEN,
        strong=key == "closing",
        sums=True,
        figure=figure,
    )


def _status(row: "RunRow") -> tuple[str, str]:
    kind, words = STATUSES[row.status]
    return (kind, f"Restated v{row.revision}") if row.revision > 1 else (kind, words)


def _checks(row: "RunRow") -> tuple[str, str]:
    wrong = [name for name, difference in row.checks if difference != 0]
    if wrong:
        return "bad", wrong[0]
    return "good", f"{len(row.checks)} of {len(row.checks)}"


def disputes_words(row: "RunRow") -> tuple[str, str] | None:
    """How many lines of a closed statement are disputed: late ones first, then open ones, then those decided."""
    late, open_ = sum(d.is_late for d in row.disputes), sum(d.is_open for d in row.disputes)
    if late:
        return "bad", f"{late} late"
    if open_:
        return "late", f"{open_} open"
    return ("good", f"{len(row.disputes)} decided") if row.disputes else None

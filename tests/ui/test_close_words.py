"""What the close dialog says of the statements that it freezes, before the total is typed."""

from datetime import date
from decimal import Decimal

from partnerdesk.queries.statements.closing import BLOCKED, READY, Run, RunRow
from partnerdesk.reports.format import Formats
from partnerdesk.ui.dialogs.close_period import changes_words

NOTHING = Decimal(0)


def row(name: str, taken: str = "0", earned: str = "100", before: str | None = "100", status: str = READY) -> RunRow:
    money = NOTHING, Decimal(earned), NOTHING, Decimal(taken), NOTHING, NOTHING, NOTHING, NOTHING
    return RunRow(name, name, "KWD", *money, status, "", (), before=None if before is None else Decimal(before))


def words(*rows: RunRow) -> str:
    return changes_words(Run("2026-04", date(2026, 4, 1), date(2026, 4, 30), "KWD", date(2026, 5, 2), rows), Formats())


def test_what_a_close_takes_for_good_is_named_with_whom_it_takes_it_from() -> None:
    said = words(row("Alder", "-253.128"), row("Birch", "-10"), row("Cedar", "-999", status=BLOCKED))
    assert said == "Clawed back or forfeited: 263.128 KWD; most of Alder 253.128, Birch 10.000."


def test_where_nothing_moves_nothing_is_said() -> None:
    assert words(row("Alder"), row("Birch", before=None)) == ""
    assert words(row("Alder", earned="80")).startswith("Earned against the period before: ")

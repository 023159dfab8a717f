"""What each agreed version says otherwise than the version before it."""

from partnerdesk.reports.page import Column, Row, row
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import Change
from partnerdesk.reports.plan.making import Making, Section, headed, muted, strong


def section(making: Making) -> Section:
    data = making.data
    if not data.changes:
        return Section("What changed", "", ())
    columns = (
        Column("Version", right=True),
        Column("Part", least=26),
        Column("What", grow=1, least=40),
        Column("Before", grow=1.3, least=50),
        Column("Now", grow=1.3, least=50),
    )
    rows = tuple(map(_row, data.changes))
    parts = headed("", columns, rows, making.width, pad=1.6, before=0.0)
    return Section("What changed", titles.changes(data), tuple(parts))


def _row(change: Change) -> Row:
    before = change.before or muted("was not there")
    after = change.after or muted("is not there any more")
    return row(str(change.version), change.block, strong(change.what), before, after)

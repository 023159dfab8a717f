"""What is done to renewals: each verb is one step, over one row or all that are selected, and can be undone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk.ui.quick_add import Source, open_capture
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.deal_pages.acting import Acting
from partnerdesk.ui.screens.deal_pages.renewal_words import customer_of
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal, RenewalCalendar

Rows = Sequence["ListedRenewal"]


class RenewalActs(Acting):
    """The verbs on renewals of a segment."""

    # Verbs

    def renew(self, rows: Rows = ()) -> None:
        """Ask for what one goes on; several go on as they are."""
        from partnerdesk.ops.rows.contracts import renew_all, renew_contract
        from partnerdesk.ui.dialogs.renewal_outcome import RenewedDialog

        found = self._open(rows)
        if len(found) > 1:
            said = f"Marked {counted(found)} as renewed"
            self.run(f"Mark {counted(found)} as renewed", renew_all, ids(found), said, on=self.today())
            return
        for row in found:

            def renewed(day: "date", amount: "Decimal", outcome: str, row: "ListedRenewal" = row) -> None:
                said = f"{customer_of(row)} {outcome}"
                self.run(f"Mark {customer_of(row)} as {outcome}", renew_contract, row.id, said, on=day, amount=amount)

            RenewedDialog(self.segment.window(), row, self.formats, renewed).open()

    def churn(self, rows: Rows = ()) -> None:
        """Ask why the rows were not renewed."""
        from partnerdesk.ops.rows.contracts import lose_all
        from partnerdesk.ui.dialogs.renewal_outcome import ChurnedDialog

        if found := self._open(rows):

            def churned(day: "date", reason: str) -> None:
                said = f"Marked {counted(found)} as churned"
                self.run(f"Mark {counted(found)} as churned", lose_all, ids(found), said, on=day, reason=reason)

            ChurnedDialog(self.segment.window(), counted(found), self.today(), self.formats, churned).open()

    def assign(self, rows: Rows, owner: str | None) -> None:
        """Give rows one owner, or none."""
        from partnerdesk.ops.rows.contracts import assign_renewals

        found = rows or self.chosen()
        self.run(f"Assign {counted(found)}", assign_renewals, ids(found), f"{counted(found)} assigned", owner)

    def add_action(self, rows: Rows = ()) -> None:
        """Write down a joint action about the current renewal."""
        for row in list(rows or self.chosen())[:1]:
            contract = row.contract
            if contract.partner:
                says, fields = f"about the renewal of {customer_of(row)}", {"contract": row.id}
                open_capture(self.segment, Source(contract.partner, contract.partner_name, says, fields=fields))

    def change(self, row: "ListedRenewal", field: str, value: Any) -> None:
        """One field as its editor saw it."""
        from partnerdesk.ops.rows.contracts import change_contract

        before = {field: getattr(row.contract, field)}
        op = partial(change_contract, **{field: value})
        self.segment.host.run("Edit contract", op, row.id, before, by=self.segment.desk.user)

    # Opening

    def open_partner(self, row: "ListedRenewal") -> None:
        """The partner's page."""
        if row.contract.partner:
            self.segment.shell.go(Place("partners", row.contract.partner, "overview"))

    def open_action(self, row: "ListedRenewal") -> None:
        """The first open action; where there is none, one is written down."""
        if row.actions:
            self.segment.shell.go(Place("actions", "", "actions", f"#{row.actions[0].id}"))
        elif row.is_open:
            self.add_action([row])

    # Menu

    def menu(self, row: "ListedRenewal", found: "RenewalCalendar | None") -> list[QAction | None]:
        """Every verb on the selected rows; people are offered by name."""
        rows = [r for r in self.chosen() if r.id != row.id] + [row]
        own = [self.act("Add action\tA", lambda: self.add_action([row]))] if row.contract.partner else []
        own += [self.act("Open partner", lambda: self.open_partner(row))] if row.contract.partner else []
        if not any(r.is_open for r in rows):
            return [*own]
        people: list[tuple[str, Callable[[], object]]] = [
            (p.name, partial(self.assign, rows, p.id)) for p in (found.people if found else ())
        ]
        renewed = "Mark as renewed\tR" if len(rows) > 1 else "Renewed, expanded or contracted…\tR"
        return [
            self.act(renewed, lambda: self.renew(rows)),
            self.act("Mark as churned…\tC", lambda: self.churn(rows)),
            None,
            self.sub("Assign to", [*people, ("Nobody", partial(self.assign, rows, None))]),
            None,
            *own,
        ]

    def _open(self, rows: Rows) -> list["ListedRenewal"]:
        """The rows that can be decided: those named, or those chosen."""
        return [r for r in rows or self.chosen() if r.is_open]


def counted(rows: Rows) -> str:
    """One renewal by its customer, several by their number."""
    return customer_of(rows[0]) if len(rows) == 1 else plural(len(rows), "renewal")


def ids(rows: Rows) -> list[str]:
    """The ids of rows."""
    return [r.id for r in rows]

"""What is done to deals: each verb is one step, over one row or all that are selected, and can be undone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from partnerdesk.ui.quick_add import Source, open_capture
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.deal_pages.acting import Acting
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from partnerdesk.queries.pipeline.deal_list import DealList, ListedDeal

Rows = Sequence["ListedDeal"]


class DealActs(Acting):
    """The verbs on deals of a segment."""

    def run(self, label: str, op: Callable[..., Any], what: Any, said: str, *args: Any, **given: Any) -> None:
        """One step as of every verb; where closed statements rest on its deals, that is told after it."""
        deals = [what] if isinstance(what, str) else what
        tell = lambda _: self._tell_resting(deals, f"{said[:1].upper()}{said[1:]}. ")  # noqa: E731
        super().run(label, op, what, said, *args, done=tell, **given)

    def _tell_resting(self, deals: Sequence[str], said: str = "") -> None:
        from partnerdesk.queries.statements.resting import corrected_later, resting_deals

        def told(period: str) -> None:
            if period:
                self.segment.shell.toast(f"{said}{corrected_later(period)}", "Undo", self.segment.desk.undo)

        self.segment.host.read(resting_deals, deals, done=told, slot="deals.rest")

    # Verbs

    def win(self, rows: Rows = ()) -> None:
        """Ask on which day and for how much the current deal was won."""
        from partnerdesk.ops.rows.deals import mark_won
        from partnerdesk.ui.dialogs.deal_outcome import WonDialog

        found = self._open(rows)
        if not found:
            return
        row = found[0]

        def won(day: "date", amount: "Decimal") -> None:
            said = f"{name_of(row)} won"
            self.run(f"Mark {name_of(row)} as won", mark_won, row.id, said, on=day, amount=amount)

        WonDialog(self.segment.window(), row, self.formats, won).open()

    def lose(self, rows: Rows = ()) -> None:
        """Ask why the rows were lost."""
        from partnerdesk.ops.rows.deal_bulk import lose_deals
        from partnerdesk.ui.dialogs.deal_outcome import LostDialog

        if found := self._open(rows):

            def lost(day: "date", reason: str) -> None:
                said = f"Marked {counted(found)} as lost"
                self.run(f"Mark {counted(found)} as lost", lose_deals, ids(found), said, on=day, reason=reason)

            LostDialog(self.segment.window(), counted(found), self.today(), self.formats, lost).open()

    def slip(self, rows: Rows = ()) -> None:
        """Ask until when and why the rows slip."""
        from partnerdesk.ops.rows.deal_bulk import slip_deals
        from partnerdesk.ui.dialogs.deal_outcome import SlipDialog

        if found := self._open(rows):

            def slipped(day: "date", reason: str) -> None:
                said = f"{counted(found)} now to close {self.formats.short_day(day)}"
                label = f"Move {counted(found)} to a later day"
                self.run(label, slip_deals, ids(found), said, until=day, reason=reason, on=self.today())

            SlipDialog(self.segment.window(), found, self.today(), self.formats, slipped).open()

    def reopen(self, rows: Rows = ()) -> None:
        """Open the current deal again, in the last stage that it was in before its end."""
        from partnerdesk.ops.rows.deals import reopen_as_before

        for row in [r for r in rows or self.chosen() if not r.is_open][:1]:
            self.run(
                f"Reopen {name_of(row)}", reopen_as_before, row.id, f"{name_of(row)} is open again", on=self.today()
            )

    def move_to(self, rows: Rows, stage: str) -> None:
        """The rows enter a stage."""
        from partnerdesk.ops.rows.deal_bulk import stage_deals

        if found := self._open(rows):
            said = f"{counted(found)} now in {stage}"
            self.run(f"Move {counted(found)} to {stage}", stage_deals, ids(found), said, stage, on=self.today())

    def assign(self, rows: Rows, owner: str | None) -> None:
        """Give rows one owner, or none."""
        from partnerdesk.ops.rows.deal_bulk import assign_deals

        found = rows or self.chosen()
        self.run(f"Assign {counted(found)}", assign_deals, ids(found), f"{counted(found)} assigned", owner)

    def give(self, rows: Rows, found: "DealList") -> None:
        """Ask for the partner whose deals the rows are from now on."""
        from partnerdesk.ui.dialogs.give_deal import GiveDialog

        then = partial(self._look_given, rows)
        owners = {row.deal.partner for row in rows}
        others = [p for p in found.partners if {p.id} != owners]
        GiveDialog(self.segment.window(), counted(rows), others, self.formats, then).open()

    def _look_given(self, rows: Rows, partner: str | None, name: str) -> None:
        """Where closed statements rest on them a person confirms it first, with what that moves."""
        from partnerdesk.ops.rows.deals import give_deals, moved_by

        verb, said = f"Give {counted(rows)} to {name}", f"{counted(rows)} given to {name}"

        def give(accepted: bool) -> None:
            self.run(verb, give_deals, ids(rows), said, partner, accepted=accepted)

        def looked(moved: str) -> None:
            if moved:
                self.segment.shell.ask(f"{verb}?", f"{moved} Undo brings it back.", "Give", lambda: give(True))
            else:
                give(False)

        self.segment.host.read(moved_by, ids(rows), partner, done=looked, slot="deals.give")

    def add_action(self, rows: Rows = ()) -> None:
        """Write down an action about the current deal."""
        for row in list(rows or self.chosen())[:1]:
            if row.deal.partner:
                fields = {"deal": row.id}
                source = Source(row.deal.partner, row.deal.partner_name, f"about {name_of(row)}", fields=fields)
                open_capture(self.segment, source)

    # One cell

    def change(self, row: "ListedDeal", field: str, value: Any) -> None:
        """One field as its editor saw it."""
        self._changed(row, {field: value})

    def change_amount(self, row: "ListedDeal", typed: "tuple[Decimal | None, str]") -> None:
        """The amount and, where one was typed, its currency."""
        amount, currency = typed
        self._changed(row, {"amount": amount} | ({"currency": currency} if currency else {}))

    def _changed(self, row: "ListedDeal", changes: dict[str, Any]) -> None:
        from partnerdesk.ops.rows.deals import change_deal

        before = {field: getattr(row.deal, field) for field in changes}
        op = partial(change_deal, **changes)
        user, tell = self.segment.desk.user, lambda _: self._tell_resting([row.id])
        self.segment.host.run("Edit deal", op, row.id, before, by=user, done=tell)

    # Opening

    def open_partner(self, row: "ListedDeal") -> None:
        """The partner's page."""
        if row.deal.partner:
            self.segment.shell.go(Place("partners", row.deal.partner, "overview"))

    # Menu

    def menu(self, row: "ListedDeal", found: "DealList | None") -> list[QAction | None]:
        """Every verb on the selected rows; stages and people are offered by name."""
        rows = [r for r in self.chosen() if r.id != row.id] + [row]
        partner = [self.act("Open partner", lambda: self.open_partner(row))] if row.deal.partner else []
        action = [self.act("Add action\tA", lambda: self.add_action([row]))] if row.deal.partner else []
        if found is not None:
            partner.append(self.act("Give to another partner…", lambda: self.give(rows, found)))
        if not any(r.is_open for r in rows):
            return [self.act("Reopen", lambda: self.reopen([row])), None, *action, *partner]
        stages = [(stage, partial(self.move_to, rows, stage)) for stage in (found.stages if found else ())]
        people = [(p.name, partial(self.assign, rows, p.id)) for p in (found.people if found else ())]
        return [
            self.act("Mark as won…\tW", lambda: self.win([row])),
            self.act("Mark as lost…\tL", lambda: self.lose(rows)),
            self.act("Slipped…\tS", lambda: self.slip(rows)),
            None,
            self.sub("Move to stage", stages),
            self.sub("Assign to", [*people, ("Nobody", partial(self.assign, rows, None))]),
            None,
            *action,
            *partner,
        ]

    # Running

    def _open(self, rows: Rows) -> list["ListedDeal"]:
        """The rows that can be changed: those named, or those chosen."""
        return [r for r in rows or self.chosen() if r.is_open]


def name_of(row: "ListedDeal") -> str:
    """What a deal is called."""
    return row.deal.name or row.id


def counted(rows: Rows) -> str:
    """One deal by its name, several by their number."""
    return name_of(rows[0]) if len(rows) == 1 else plural(len(rows), "deal")


def ids(rows: Rows) -> list[str]:
    """The ids of rows."""
    return [r.id for r in rows]

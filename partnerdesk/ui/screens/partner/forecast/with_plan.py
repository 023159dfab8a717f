"""The forecast as is, with the joint plan working out, and with the next tier besides: drawn when somebody looks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ui.exporting import export_away
from partnerdesk.ui.forecasting_away import plan_ahead_from
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from decimal import Decimal

    from partnerdesk.forecast.choices import Chosen
    from partnerdesk.queries.plan_ahead import PlanAhead
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class PlanPart(DataTable):
    """A row for each choice; `look` draws the futures of the partner and stretch that are shown."""

    def __init__(self, tab: "PartnerTab", note: Callable[[str], object]) -> None:
        self._tab, self._note = tab, note
        self.found: PlanAhead | None = None
        self._asked: tuple[Any, ...] = ()
        super().__init__(
            "partner.forecast.plan",
            self._columns(tab.formats),
            key=lambda row: row.choice,
            state=tab.shell.state,
            says="The forecast with the plan",
            measure="figures_row",
        )
        self.set_empty(self._nothing)

    def look(self, months: int, drawn: tuple[int, int]) -> None:
        """Draw, unless what stands here is what is asked for."""
        tab = self._tab
        asked = (tab.partner, tab.desk.today(), drawn, months)
        if asked == self._asked:
            return
        self._asked, self.found = asked, None
        self.set_rows(())
        export_away(
            tab.host,
            f"Drawing {drawn[0]} futures with the plan",
            plan_ahead_from,
            *asked,
            done=partial(self._arrived, asked),
            failed=partial(self._failed, asked),
            slot="forecast.plan",
        )

    def forget(self) -> None:
        """Something changed: the next look draws anew."""
        self._asked = ()

    def _arrived(self, asked: tuple[Any, ...], found: "PlanAhead") -> None:
        if asked == self._asked:
            self.found = found
            self.set_rows(found.lines)
            if len(found.lines) == 1:
                words = "No joint plan works on anything open, and no tier is above: there is nothing beside what is."
                self._note(words)

    def _failed(self, asked: tuple[Any, ...], error: Exception) -> None:
        if asked == self._asked:
            self._asked = ()
            if not isinstance(error, Cancelled | Refused):
                self._tab.host.show_error(error)

    def _nothing(self) -> Empty:
        if self._asked:
            return Empty("Drawing the same futures with the plan", "All rows see the same luck.")
        return Empty("No futures are drawn", "F5 draws them.")

    def _against(self, row: "Chosen") -> "Decimal":
        """What a choice brings more than what is, in the middle."""
        assert self.found is not None
        return row.earned[0].p50 - self.found.lines[0].earned[0].p50

    def _columns(self, formats: "Formats") -> list[Column]:
        from partnerdesk.forecast.choices import words

        def amount(key: str, title: str, get: Any, *, strong: bool = False) -> Column:
            return Column(key, title, get, formats.accounting, kinds.ACCOUNTING, 130, strong=strong)

        return [
            Column("says", "Scenario", lambda r: words(r.choice, formats.day), kind=kinds.NAME, width=470),
            amount("p10", "Earned, P10", lambda r: r.earned[0].p10),
            amount("p50", "P50", lambda r: r.earned[0].p50, strong=True),
            amount("p90", "P90", lambda r: r.earned[0].p90),
            Column(
                "against",
                "Against as is",
                self._against,
                lambda amount: formats.change(amount) if amount else "",
                kinds.NUMBER,
                130,
                says="The middle against that of what is",
            ),
        ]

"""The selected deal: what it is, how likely it is won, its way so far, and what is to be done."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.deal_pages.beside import Beside
from partnerdesk.ui.widgets.section import Pairs

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_brief import DealBrief
    from partnerdesk.queries.pipeline.deal_list import ListedDeal
    from partnerdesk.queries.pipeline.deals import DealRow, StageRow
    from partnerdesk.ui.screens.deal_pages.deal_acts import DealActs
    from partnerdesk.ui.screens.segment import Segment


class DealAside(Beside):
    """Filled by one read for the deal that is selected."""

    def __init__(self, segment: "Segment", acts: "DealActs") -> None:
        super().__init__(segment, "Select a deal to see its way, its chance and what it is worth.")
        self._acts = acts
        self._row: ListedDeal | None = None

    def show_row(self, row: "ListedDeal | None") -> None:
        """Read and show another deal."""
        from partnerdesk.queries.pipeline.deal_brief import deal_brief

        self._row = row
        if row is None:
            self.show_nothing()
            return
        self.wanted = row.id
        host = self.segment.host
        host.read(deal_brief, row.id, self.segment.desk.today(), done=self._show, slot="deal")

    def _show(self, found: "DealBrief | None") -> None:
        row = self._row
        if found is None or row is None or found.view.deal.id != row.id:
            return
        acts, deal = self._acts, found.view.deal
        self.begin()
        verbs = [("Won", lambda: acts.win([row])), ("Lost", lambda: acts.lose([row])), ("Slipped", self._slip)]
        over = [("Reopen", lambda: acts.reopen([row]))]
        self.head(deal.name or deal.id, deal.partner, verbs if row.is_open else over)
        self.pairs(self._facts(deal), 10)
        if deal.lost_reason:
            self.says(f"Lost because: {deal.lost_reason}", "text")
        if found.likely is not None:
            record = f"{found.likely.cases} {found.likely.rests_on}"
            self.tell_chance(found.likely, record, lambda: acts.change(row, "probability", None))
            self.tell_worth("deal", deal.id, deal.partner)
        self._way(found)
        add = (lambda: acts.add_action([row])) if deal.partner else None
        self.to_do(found.actions, add)

    def _slip(self) -> None:
        if self._row is not None:
            self._acts.slip([self._row])

    def _facts(self, deal: "DealRow") -> list[tuple[str, str]]:
        formats = self.segment.formats

        def day(value: object) -> str:
            return formats.day(value) if value is not None else ""  # type: ignore[arg-type]

        def money(value: object) -> str:
            return f"{formats.amount(value, deal.currency)} {deal.currency}" if value is not None else ""  # type: ignore[arg-type]

        return [
            ("Partner", deal.partner_name or "none"),
            ("Customer", deal.customer_name),
            ("Product", deal.product_name),
            ("Kind, role", f"{deal.kind}, {deal.role}"),
            ("Amount", money(deal.amount)),
            ("Recurring a year", money(deal.recurring)),
            ("Registered", day(deal.registered)),
            ("Expected close", day(deal.expected_close)),
            ("Closed", day(deal.closed)),
            ("Owner", deal.owner_name),
        ]

    def _way(self, found: "DealBrief") -> None:
        """The stages it went through, and when and why it slipped."""
        stages, formats = found.view.stages, self.segment.formats
        if stages or found.view.credits:
            self.part("Its way")
        way = Pairs()
        for row in stages:
            way.add(_step(row), formats.day(row.day) if row.day else "")
        self.add(way, 4)
        for slip in (s for s in stages if s.slipped_to is not None):
            assert slip.slipped_to is not None
            was = f"{formats.short_day(slip.slipped_from)} to " if slip.slipped_from else ""
            self.says(f"{was}{formats.short_day(slip.slipped_to)}: {slip.because}")
        for credit in found.view.credits:
            share = formats.percent(credit.share, 0)
            self.says(f"{credit.partner_name} has {share} of it, {credit.role}")


def _step(row: "StageRow") -> str:
    return "Slipped" if row.slipped_to is not None else row.stage

"""The selected renewal: the contract, what speaks against it, what the customer last said, and what is to be done."""

from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.deal_pages.beside import Beside
from partnerdesk.ui.screens.deal_pages.renewal_words import BANDS, OUTCOMES, customer_of, sign_words
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import Likely
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal
    from partnerdesk.ui.screens.deal_pages.renewal_acts import RenewalActs
    from partnerdesk.ui.screens.segment import Segment


class RenewalAside(Beside):
    """Filled from the row itself; what it is worth comes later."""

    def __init__(self, segment: "Segment", acts: "RenewalActs") -> None:
        super().__init__(segment, "Select a renewal to see what speaks against it and what it is worth.")
        self._acts = acts

    def show_row(self, row: "ListedRenewal | None", likely: "Likely | None" = None) -> None:
        """Show another renewal; how likely it is may be known later."""
        if row is None:
            self.show_nothing()
            return
        self.wanted = row.id
        self.begin()
        acts, contract = self._acts, row.contract
        renewed, churned = partial(acts.renew, [row]), partial(acts.churn, [row])
        self.head(
            customer_of(row), contract.partner, [("Renewed", renewed), ("Churned", churned)] if row.is_open else []
        )
        self.pairs(self._facts(row), 10)
        if row.is_open:
            self._risk(row)
            if likely is not None:
                self.tell_chance(likely, likely.rests_on, partial(acts.change, row, "probability", None))
            self.tell_worth("contract", row.id, contract.partner)
        else:
            self._outcome(row)
        self._said(row)
        self.to_do(row.actions, partial(acts.add_action, [row]) if contract.partner and row.is_open else None)

    def _facts(self, row: "ListedRenewal") -> list[tuple[str, str]]:
        formats, contract = self.segment.formats, row.contract

        def day(value: Any) -> str:
            return formats.day(value) if value is not None else ""

        worth = (
            f"{formats.amount(contract.recurring, contract.currency)} {contract.currency}"
            if contract.recurring is not None
            else ""
        )
        return [
            ("Partner", contract.partner_name or "none"),
            ("Product", contract.product_name),
            ("Contract", contract.id),
            ("A year", worth),
            ("Seats", formats.number(contract.seats) if contract.seats is not None else ""),
            ("Term began", day(contract.start)),
            ("Renews", day(contract.end)),
            ("Notice by", day(contract.notice_by)),
            ("Owner", contract.owner_name),
        ]

    def _risk(self, row: "ListedRenewal") -> None:
        """Each sign on a line of its own: the band is their sum, nothing else."""
        self.part("Risk", BANDS[row.band])
        for sign in row.signs:
            words = sign_words(sign, row, self.segment.formats)
            self.add(Status("bad" if sign.weight > 1 else "warn", words[:1].upper() + words[1:], "small"), 2)
        if not row.signs:
            self.says("Nothing that is known speaks against it.")

    def _outcome(self, row: "ListedRenewal") -> None:
        formats, contract = self.segment.formats, row.contract
        glyph, words = OUTCOMES[contract.outcome]
        day = formats.day(contract.outcome_on) if contract.outcome_on is not None else ""
        self.part("Outcome", day)
        self.add(Status(glyph, words, "small"), 2)
        if contract.outcome_amount is not None:
            self.says(
                f"{formats.amount(contract.outcome_amount, contract.currency)} {contract.currency} a year from then on"
            )
        if contract.reason:
            self.says(contract.reason, "text")

    def _said(self, row: "ListedRenewal") -> None:
        if row.survey is None:
            return
        formats, mark = self.segment.formats, row.survey
        of = f" of {formats.number(mark.scale_max)}" if mark.scale_max is not None else ""
        self.part("Last answer", f"{formats.number(mark.score)}{of}, {formats.day(mark.day)}")
        if mark.comment:
            self.says(f"\N{LEFT DOUBLE QUOTATION MARK}{mark.comment}\N{RIGHT DOUBLE QUOTATION MARK}", "text")

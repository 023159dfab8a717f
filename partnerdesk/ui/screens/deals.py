"""Deals & renewals: every open and closed deal over all partners, and what renews when.

What a segment shows and does is in a module of `deal_pages`.
"""

from typing import ClassVar

from partnerdesk.ui.screens.segmented_screen import Part, SegmentedScreen

SEGMENTS = (
    Part("Deals", "deals", "deal_pages.deals:DealsSegment"),
    Part("Renewals", "renewals", "deal_pages.renewals:RenewalsSegment"),
)


class DealsScreen(SegmentedScreen):
    ID: ClassVar[str] = "deals"
    TITLE: ClassVar[str] = "Deals & renewals"
    ASIDE_WIDTH: ClassVar[int] = 264
    SEGMENTS: ClassVar[tuple[Part, ...]] = SEGMENTS

    def explain(self, figure: str) -> None:
        """The Why of a part of what an item is worth."""
        from partnerdesk.ui.screens.whys import explain_worth

        _, kind, id, part, way, partner = figure.split("|")
        explain_worth(self, kind, id, part, well=way == "well", partner=partner)

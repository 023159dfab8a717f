"""Making one of two partners in the window: into which one, what moves, and then in one step."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.base import Place, Screen

if TYPE_CHECKING:
    from partnerdesk.ops.rows.merging import Merging
    from partnerdesk.queries.partners.people import PartnerName


def ask_merge(screen: Screen, partner: str) -> None:
    """Asks into which partner this one is merged, and what that moves before it is done."""
    from partnerdesk.queries.partners.people import partner_rows

    screen.read(partner_rows, done=lambda found: _ask(screen, partner, found), slot="merge")


def _ask(screen: Screen, partner: str, found: "tuple[PartnerName, ...]") -> None:
    from partnerdesk.ops.rows.merging import merging
    from partnerdesk.ui.dialogs.merge_partner import MergeDialog

    name = next((row.name for row in found if row.id == partner), partner)
    others = [row for row in found if row.id != partner]
    if not others:
        screen.messages.say("info", "There is no other partner to merge it into.")
        return

    def look(into: str) -> None:
        screen.read(merging, partner, into, done=dialog.show_what, slot="merging")

    def merge(shown: "Merging") -> None:
        from partnerdesk.ops.rows.merging import merge_partners

        pair = shown.pair
        screen.run(
            f"Merge {pair.old} into {pair.new}",
            merge_partners,
            pair.old,
            pair.new,
            by=screen.desk.user,
            done=lambda _: screen.shell.go(Place("partners", pair.new, "overview")),
            toast=f"{pair.old_name} is {pair.new_name} now",
        )

    dialog = MergeDialog(screen.window(), name, others, screen.desk.formats, look, merge)
    dialog.open()

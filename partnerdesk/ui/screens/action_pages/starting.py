"""Starting a playbook from the window: what the dialog asks is read, what it shows is previewed, and then created."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.ui.dialogs.start_playbook import Chosen, StartDialog
from partnerdesk.ui.screens.segment import Segment

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.playbooks import Offer
    from partnerdesk.queries.partners.people import PartnerName


@dataclass(frozen=True, slots=True)
class _Wanted:
    partner: str
    playbook: str
    partners: "tuple[PartnerName, ...]"


class Starting:
    """Opens the dialog for a segment and runs what it decides; `started` is told the run that began."""

    def __init__(self, segment: Segment, started: Callable[[int], object]) -> None:
        self._segment, self._started = segment, started

    def ask(self, partner: str, playbook: str) -> None:
        """Ask; an empty partner or playbook is chosen in the dialog."""
        from partnerdesk.queries.partners.people import partner_rows

        def with_partners(found: "tuple[PartnerName, ...]") -> None:
            if not found:
                self._segment.host.messages.say("info", "There is no partner yet.", "Add one under Partners.")
                return
            wanted = _Wanted(partner or found[0].id, playbook, found)
            self._read_offers(wanted)

        self._segment.host.read(partner_rows, done=with_partners, slot="start")

    def _read_offers(self, wanted: _Wanted) -> None:
        from partnerdesk.queries.enablement.playbooks import offered

        def open_on(offers: "tuple[Offer, ...]") -> None:
            self._open(wanted, offers)

        today = self._segment.desk.today()
        self._segment.host.read(offered, wanted.partner, today, done=open_on, slot="start")

    def _open(self, wanted: _Wanted, offers: "tuple[Offer, ...]") -> None:
        segment, today = self._segment, self._segment.desk.today()
        partners = [(p.name, p.id) for p in wanted.partners]
        playbooks = [(_offer_words(o), o.playbook.key) for o in offers]
        first = wanted.playbook or offers[0].playbook.key
        dialog = StartDialog(
            segment.window(),
            partners,
            playbooks,
            (wanted.partner, first),
            today,
            segment.formats,
            segment.shell.state,
            self._create,
        )

        def preview_again(partner: str, key: str, start: date, workdays: bool | None) -> None:
            from partnerdesk.queries.enablement.playbooks import preview

            segment.desk.read(
                preview,
                partner,
                key,
                start,
                today,
                workdays,
                done=dialog.show_preview,
                failed=dialog.refuse,
                slot=f"{segment.host.ID}.preview",
            )

        dialog.wanted.connect(preview_again)
        dialog.open()
        dialog.ask_preview()

    def _create(self, chosen: Chosen) -> None:
        from partnerdesk.ops.enablement.runs import start_playbook

        segment = self._segment
        count = len(chosen.actions)
        segment.host.run(
            f"Start {chosen.title}",
            start_playbook,
            chosen.partner,
            chosen.playbook,
            start=chosen.start,
            on=segment.desk.today(),
            actions=chosen.actions,
            metric=chosen.metric,
            by=segment.desk.user,
            done=self._started,
            toast=f"{chosen.title} started: {count} action{'' if count == 1 else 's'}",
        )


def _offer_words(offer: "Offer") -> str:
    return ": ".join((offer.playbook.title, *offer.reasons[:1]))

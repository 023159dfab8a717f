"""The call brief beside the list: it follows the selection."""

from typing import TYPE_CHECKING

from partnerdesk.engine.trace import name
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.partner.progress.standing import gate_rows, score_brief
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.partners.card import Brief


class PartnerAside(Column):
    """Filled by one read for the partner that is selected."""

    def __init__(self, host: Screen) -> None:
        super().__init__(margin=20)
        self._host = host
        self._partner = ""
        self.setAccessibleName("Partner brief")
        self.add(Label("The brief of the selected partner stands here.", "small", "muted", wrap=True))

    def show_partner(self, partner: str) -> None:
        """Read and show another partner."""
        from partnerdesk.queries.partners.card import brief

        self._partner = partner
        self._host.read(brief, partner, self._host.desk.today(), done=self._show, slot="aside")

    def ask_why(self, figure: str) -> None:
        self._host.explain(f"{self._partner}#{figure}")

    def _show(self, found: "Brief") -> None:
        """The brief from top to bottom, in one piece because its order is what it is about."""
        formats, partner = self._host.desk.formats, found.partner
        self.clear()
        go = link("Open", lambda: self._host.shell.go(Place("partners", partner.id, "overview")))
        self.add(SectionTitle(partner.name, "", go))
        if found.standing is not None:
            figure = name("score", found.standing.period.label) if found.score else ""
            self.add(score_brief(found.standing, found.score, figure, formats), 8)
            rows = gate_rows(found.standing, formats, brief=True)
            if rows is not None:
                self.rule(12, 8)
                self.add(SectionTitle(f"Gates for {found.standing.next_tier}"))
                self.add(rows)
        self.rule(12, 8)
        self.add(SectionTitle("Renewals in 90 days", str(len(found.renewals)) if found.renewals else "none"))
        pairs = Pairs()
        for renewal in found.renewals[:5]:
            amount = formats.compact(renewal.amount) if renewal.amount is not None else ""
            pairs.add(renewal.customer, f"{amount} · {formats.short_day(renewal.end)}")
        self.add(pairs)
        self.rule(12, 8)
        ours = sum(a.side == "vendor" for a in found.actions)
        late = sum(1 for a in found.actions if a.days_late)
        self.add(SectionTitle("Open actions"))
        owed = Pairs()
        words = Status("late", f"{late} late", "small") if late else ""
        owed.add(f"Ours {ours}, theirs {len(found.actions) - ours}", words)
        self.add(owed)
        if found.notes:
            self.rule(12, 8)
            self.add(SectionTitle("Last notes"))
            for note_ in found.notes[:2]:
                self.add(LineLabel(f"{formats.short_day(note_.day)} · {note_.kind}", "small", "muted"), 4)
                self.add(Label(note_.text, "small", wrap=True))
        if found.contacts:
            self.rule(12, 8)
            self.add(SectionTitle("People"))
            people = Pairs()
            for person in found.contacts[:4]:
                people.add(person.name, person.role)
            self.add(people)

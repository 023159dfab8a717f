"""What is done on a partner's enablement: actions from gaps, certificates and sessions, each one step with undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.dialogs.fund_step import DAY, Field, StepDialog
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.progress.gap_lines import gap_title

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.queries.enablement.gaps import EnablementGap
    from partnerdesk.queries.enablement.view import CertificateRow, Enablement, OnPathway, SessionRow
    from partnerdesk.ui.screens.partner.tab import PartnerTab

RESULTS = (("Attended", "attended"), ("Passed", "passed"), ("Failed", "failed"), ("Absent", "absent"))
KINDS = (("Training", "training"), ("Clinic", "clinic"), ("Onboarding", "onboarding"))


class EnablementActs:
    """The verbs of the page."""

    def __init__(self, tab: "PartnerTab", view: "Callable[[], Enablement | None]") -> None:
        self._tab, self._view = tab, view

    # Actions

    def plan_gap(self, gap: "EnablementGap") -> None:
        """An action of the partner that closes a gap, for who is closest; one that is met is kept by renewing."""
        if gap.met and gap.expiring:
            ending = min(gap.expiring, key=lambda held: held.expires or self._tab.desk.today())
            self._plan(f"Renew {ending.title}", ending.person, gap_title(gap, self._tab.formats), ending.expires)
            return
        first = next(iter(gap.candidates), None)
        if first is not None:
            verb = "Renew" if first.is_renewal else "Take"
            self._plan(f"{verb} {first.step}", first.person, gap_title(gap, self._tab.formats))
        else:
            route = next(iter(gap.routes), None)
            what = route.title if route is not None else next(iter(gap.sessions), gap.requirement)
            self._plan(f"Name who takes {what}", "", gap_title(gap, self._tab.formats))

    def plan_step(self, row: "OnPathway") -> None:
        """An action for the next step of a person."""
        step = row.walker.next_step
        if step is not None:
            self._plan(f"Take {step.words}", row.walker.person, f"Pathway {row.pathway.name}")

    def plan_renewal(self, row: "CertificateRow") -> None:
        """An action to renew a certificate before its last day."""
        self._plan(f"Renew {row.held.title}", row.held.person, "Certificate issued", row.held.expires)

    def _plan(self, text: str, owner: str, measure: str, due: "date | None" = None) -> None:
        from partnerdesk.ops.joint.actions import add_action

        today = self._tab.desk.today()
        self._run(
            "Add action",
            add_action,
            self._tab.partner,
            text=text,
            side="partner",
            owner=owner,
            measure=measure,
            need=measure,
            on=today,
            due=due if due is not None and due > today else None,
            toast="Action added",
        )

    def start_playbook(self, gap: "EnablementGap") -> None:
        """Choose a playbook for the partner."""
        self._tab.shell.go(Place("actions", self._tab.partner, "playbooks", "offered"))

    def open_pathways(self) -> None:
        """Where pathways are written."""
        self._tab.shell.go(Place("actions", "", "playbooks", "pathways"))

    # Certificates

    def record_certificate(self) -> None:
        """Ask for a certificate that somebody earned."""
        fields = (
            Field("person", "Who earned it", needed=True),
            Field("certificate", "Certificate", self._usual_certificate(), needed=True),
            Field("level", "Level"),
            Field("expires", "Last day", "none, where it never ends", DAY),
        )
        words = "The day is the one on which it was earned. Lists of certificates are imported under Data."

        def record(values: dict[str, Any]) -> None:
            from partnerdesk.ops.enablement.certificates import record_certificate

            awarded, by = values.pop("on"), self._tab.desk.user
            today = self._tab.desk.today()
            given = values | {"awarded": awarded, "on": today, "by": by}
            self._run(
                "Record certificate", record_certificate, self._tab.partner, toast="Certificate recorded", **given
            )

        self._ask("Record a certificate", words, "Record certificate", fields, record)

    def _usual_certificate(self) -> str:
        view = self._view()
        named = [s.title for way in view.ways for s in way.steps if s.form == "certificate"] if view else []
        return f"such as {named[0]}" if named else ""

    def remove_certificate(self, row: "CertificateRow") -> None:
        """Take a certificate out that was entered by mistake."""
        from partnerdesk.ops.enablement.certificates import remove_certificate
        from partnerdesk.ui.screens.removing import remove_asking

        verb, toast = "Remove certificate", "Certificate removed"
        remove_asking(self._tab.host, "certification", row.held.fact, verb, remove_certificate, toast)

    # Sessions

    def log_session(self) -> None:
        """Ask for a session with who was there."""
        fields = (
            Field("title", "Topic", needed=True),
            Field("kind", "Kind", choices=KINDS),
            Field("people", "Who was there", "names, divided by commas"),
            Field("verified_by", "Verified by"),
            Field("evidence", "Evidence", "list, link or file"),
        )

        def log(values: dict[str, Any]) -> None:
            from partnerdesk.ops.enablement.sessions import log_session

            day, people = values.pop("on"), _names(values.pop("people"))
            given = values | {"day": day, "people": people, "by": self._tab.desk.user}
            self._run("Log session", log_session, self._tab.partner, toast="Session logged", **given)

        self._ask("Log a session", "", "Log session", fields, log)

    def add_attendees(self, row: "SessionRow") -> None:
        """Ask who else was in a session."""
        fields = (
            Field("people", "Who was there", "names, divided by commas", needed=True),
            Field("result", "Result", choices=RESULTS),
        )

        def add(values: dict[str, Any]) -> None:
            from partnerdesk.ops.enablement.sessions import add_attendees

            names = _names(values["people"])
            self._run("Add people", add_attendees, row.id, names, values["result"], toast=f"{len(names)} added")

        self._ask(f"Who was in “{row.title}”?", "", "Add people", fields, add, has_day=False)

    def set_result(self, row: "SessionRow") -> None:
        """Ask how one of the list left the session."""
        if not row.people:
            self.add_attendees(row)
            return
        people = [(a.person, a.id) for a in row.people]
        fields = (Field("id", "Who", choices=people), Field("result", "Result", choices=RESULTS))

        def keep(values: dict[str, Any]) -> None:
            from partnerdesk.ops.enablement.sessions import set_result

            self._run("Keep result", set_result, values["id"], values["result"], toast="Result kept")

        self._ask(f"Result in “{row.title}”", "", "Keep result", fields, keep, has_day=False)

    def remove_session(self, row: "SessionRow") -> None:
        """Take a session out with its list."""
        from partnerdesk.ops.enablement.sessions import remove_session
        from partnerdesk.ui.screens.removing import remove_asking

        verb, toast = "Remove session", "Session removed"
        remove_asking(self._tab.host, "activity", row.id, verb, remove_session, toast)

    # Asking

    def _ask(
        self,
        title: str,
        words: str,
        verb: str,
        fields: tuple[Field, ...],
        then: Callable[[dict[str, Any]], object],
        has_day: bool = True,
    ) -> None:
        today = self._tab.desk.today() if has_day else None
        StepDialog(self._tab.window(), title, words, verb, fields, today, self._tab.formats, then).open()

    def _run(self, label: str, op: Callable[..., Any], *args: Any, **given: Any) -> None:
        self._tab.host.run(label, op, *args, **given)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]

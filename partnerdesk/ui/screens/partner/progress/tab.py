"""Progress: the score and the tier, what they are made of, what is missing, and how they came here; enablement."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.engine.trace import name
from partnerdesk.reports.marks.shapes import Rect
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.progress.among_others import AmongOthers
from partnerdesk.ui.screens.partner.progress.component_table import ComponentTable
from partnerdesk.ui.screens.partner.progress.gap_section import GapSection
from partnerdesk.ui.screens.partner.progress.heard import Heard
from partnerdesk.ui.screens.partner.progress.path_section import PathSection
from partnerdesk.ui.screens.partner.progress.promised import Promised
from partnerdesk.ui.screens.partner.progress.standing import gate_rows, holds_for, score_line, shown_value
from partnerdesk.ui.screens.partner.tab import PartnerTab
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.canvas import ChartData
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.marks import Marks
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.engine.tiers.levers import Lever
    from partnerdesk.queries.enablement.gaps import EnablementGap
    from partnerdesk.queries.funds.benefits import BenefitRow
    from partnerdesk.queries.joint.feedback import FeedbackRow
    from partnerdesk.queries.partners.benchmark import Compared
    from partnerdesk.queries.partners.card import Progress
    from partnerdesk.ui.screens.partner.enablement.page import EnablementPage

LEVER_BAR = 90
SCORE, ENABLEMENT = "score", "enablement"  # sub-pages; the score's is also named by a period


class ProgressTab(PartnerTab):
    KEY: ClassVar[str] = "progress"
    TITLE: ClassVar[str] = "Progress"

    def build(self) -> None:
        self.sub = SCORE
        self.view: Progress | None = None
        self._enablement: EnablementPage | None = None
        self.path: PathSection | None = None
        self.period = Chip("", "calendar", says="Period", then=lambda: None)
        self.rules = Chip("", "scale", says="Program version")
        self.page = Column(margin=24)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.body.addWidget(self.stack, 1)

    @property
    def enablement(self) -> "EnablementPage":
        """The sub-page of certificates and sessions, made when it is first shown."""
        if self._enablement is None:
            from partnerdesk.ui.screens.partner.enablement.page import EnablementPage

            self._enablement = EnablementPage(self)
            self.stack.addWidget(self._enablement)
        return self._enablement

    def header_controls(self) -> list[QWidget]:
        return [self.rules] if self.sub == ENABLEMENT else [self.period, self.rules, self.what_if()]

    def subs(self) -> tuple[tuple[str, str], ...]:
        """The sub-pages, for the tab strip."""
        return (("Score", SCORE), ("Enablement", ENABLEMENT))

    def show_partner(self, partner: str, sub: str = "") -> None:
        """Another partner begins at its score."""
        super().show_partner(partner, sub or (SCORE if partner != self.partner else ""))

    def show_sub(self, key: str) -> None:
        """Show the score, or what is missing in certificates and sessions."""
        if (key == ENABLEMENT) != (self.sub == ENABLEMENT):
            self.sub = key
            if self.partner:  # the strip tells before the first partner is shown
                self.reload()
                self.shell.moved()

    def reload(self) -> None:
        from partnerdesk.queries.partners.card import progress

        is_score = self.sub != ENABLEMENT
        self.period.setVisible(is_score and self.isVisible())
        self.stack.setCurrentWidget(self.page if is_score else self.enablement)
        if not is_score:
            self.enablement.load()
        label = self.sub if is_score and self.sub != SCORE else ""
        self.read(progress, self.partner, label, self.desk.today(), done=self._show, slot="progress")

    def _choose(self, label: object) -> None:
        self.sub = str(label)
        self.shell.moved()
        self.reload()

    def _show(self, found: "Progress") -> None:
        self.view = found
        formats = self.formats
        self.period.offer([(formats.period(p), p.label) for p in found.periods], self._choose)
        self.period.set_text(formats.period(found.period))
        self.rules.set_text(f"Rules v{found.version}")
        page = self.page
        page.clear()
        px = theme().px
        page.column.setContentsMargins(px(24), px(10), px(24), px(16))  # the tabs stand right above
        label = found.period.label
        figure = name("score", label) if found.score else ""
        page.add(score_line(found.standing, found.score, figure, formats))
        if found.period.end > self.desk.today():
            page.add(Label("The quarter is running: figures are as of today.", "small", "muted"), 2)
        if found.standing.proposal is not None:
            page.add(self._proposal(found), 12)
        if found.score is not None:
            page.add(ComponentTable(found, formats), 12)
        page.add(self._side_by_side(found), 12)
        self._add_path(found)
        self.gaps = GapSection(self)
        page.add(self.gaps, 12)
        if len(found.history) > 1:
            page.add(self._history(found), 12)
        self.among, self.promised, self.heard = AmongOthers(self), Promised(self), Heard(self, found)
        page.add(self.among, 12)
        page.add(self.promised, 12)
        page.add(self.heard, 12)
        if self.sub != ENABLEMENT:
            self._read_below(label)

    def _add_path(self, found: "Progress") -> None:
        """The way to the next tier; one that was asked for before is looked for again."""
        if found.standing.next_tier is not None:
            before, self.path = self.path, PathSection(self, found.standing.next_tier)
            self.page.add(self.path, 12)
            self.path.go_on(before)

    def _read_below(self, label: str) -> None:
        from partnerdesk.queries.enablement.gaps import enablement_gaps
        from partnerdesk.queries.funds.benefits import benefits
        from partnerdesk.queries.joint.feedback import feedback_rows
        from partnerdesk.queries.partners.benchmark import benchmark

        self.read(enablement_gaps, self.partner, self.desk.today(), done=self._show_gaps, slot="gaps")
        self.read(benchmark, self.partner, label, self.desk.today(), done=self._show_among, slot="among")
        self.read(benefits, self.desk.today(), self.partner, done=self._show_benefits, slot="benefits")
        self.read(feedback_rows, self.partner, done=self._show_heard, slot="heard")

    def _show_gaps(self, gaps: "tuple[EnablementGap, ...]") -> None:
        self.gaps.show_gaps(gaps)  # of the page that stands by now

    def _show_among(self, rows: "tuple[Compared, ...]") -> None:
        self.among.show_rows(rows)  # of the page that stands by now

    def _show_benefits(self, rows: "tuple[BenefitRow, ...]") -> None:
        self.promised.show_rows(rows)  # of the page that stands by now

    def _show_heard(self, rows: "tuple[FeedbackRow, ...]") -> None:
        self.heard.show_rows(rows)  # of the page that stands by now

    # A proposed move

    def _proposal(self, found: "Progress") -> QWidget:
        move = found.standing.proposal
        assert move is not None
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        words = f"The figures propose {move.to_tier} from {self.formats.day(move.effective)}; a person confirms it."
        row.addWidget(Status("info", words, "name"))
        row.addStretch(1)
        row.addWidget(Button(f"Confirm {move.to_tier}…", lambda: self._decide(True), inner=True))
        row.addWidget(Button(f"Keep {move.from_tier}…", lambda: self._decide(False), inner=True))
        return bar

    def _decide(self, accept: bool) -> None:
        from partnerdesk.ui.dialogs.reason import ReasonDialog

        assert self.view is not None and self.view.standing.proposal is not None
        move = self.view.standing.proposal
        tier = move.to_tier if accept else move.from_tier
        verb = f"Confirm {tier}" if accept else f"Keep {tier}"
        title = f"{verb} for {self.view.partner.name}?"
        text = " ".join(filter(None, (holds_for(self.view), "The reason is kept with the decision.")))
        dialog = ReasonDialog(self.window(), title, text, verb, self._decided(accept))
        dialog.open()

    def _decided(self, accept: bool) -> Callable[[str], object]:
        def write(reason: str) -> None:
            from partnerdesk.ops.programs.versions import confirm_move

            self.host.run(
                "Decide tier",
                confirm_move,
                self.partner,
                reason=reason,
                by=self.desk.user,
                as_of=self.desk.today(),
                accept=accept,
                toast="Tier decided",
            )

        return write

    # Gates and levers

    def _side_by_side(self, found: "Progress") -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(36))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme().px(4))
        rows = gate_rows(found.standing, self.formats)
        if found.standing.next_tier is None:
            left.addWidget(SectionTitle("Highest tier", "no further gates"))
        else:
            left.addWidget(
                SectionTitle(f"Gates for {found.standing.next_tier}", "besides the score" if rows else "only the score")
            )
        if rows is not None:
            left.addWidget(rows)
        left.addStretch(1)
        right.addWidget(SectionTitle("Levers", "points that reaching a target would add"))
        self._levers(found, right)
        right.addStretch(1)
        row.addLayout(left, 5)  # what is required is longer than what would help
        row.addLayout(right, 4)
        return widget

    def _levers(self, found: "Progress", column: QVBoxLayout) -> None:
        if not found.levers:
            parts = found.score.components if found.score is not None else ()
            is_known = bool(parts) and all(part.measured is not None for part in parts)
            words = (
                "Every measure has reached its target." if is_known else "No measure that is evaluated is below target."
            )
            column.addWidget(Label(words, "small", "muted"))
            return
        most = max(lever.gain for lever in found.levers)
        for lever in found.levers:
            column.addWidget(self._lever(lever, most))

    def _lever(self, lever: "Lever", most: Decimal) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        px, formats = theme().px, self.formats
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(12))
        row.addWidget(LineLabel(f"{lever.label} to {shown_value(lever.target, lever.unit, formats)}", "body"), 1)
        mark = Marks((Rect(0, 0, LEVER_BAR * float(lever.gain / most), 11, "up"),), "")
        mark.setFixedWidth(px(LEVER_BAR))  # bars begin under each other
        row.addWidget(mark)
        gain = LineLabel(f"+{formats.number(lever.gain, 1)}", "strong", "text", brush.RIGHT)
        gain.setFixedWidth(px(44))
        row.addWidget(gain)
        return widget

    # History

    def _history(self, found: "Progress") -> QWidget:
        from partnerdesk.reports.charts.history import History, HistoryPoint, RuleMark, Threshold, score_history

        formats = self.formats
        scores = [score for _, score, _ in found.history]
        ups = sum(b > a for a, b in pairwise(scores))
        marks = tuple(
            RuleMark(n, f"rules v{version}")
            for n, (_, _, version) in enumerate(found.history)
            if n and version != found.history[n - 1][2]
        )
        data = History(
            tuple(HistoryPoint(formats.period(p), s, formats.number(s, 1)) for p, s, _ in found.history),
            tuple(
                Threshold(f"{t.name} {t.score_floor:f}", t.score_floor, t.name == found.standing.next_tier)
                for t in found.standing.tiers
                if t.score_floor is not None
            ),
            marks,
        )
        rows = tuple((formats.period(p), formats.number(s, 1), v) for p, s, v in found.history)
        summary = "Score by quarter: " + ", ".join(f"{r[0]} {r[1]}" for r in rows)
        chart = Chart(self.desk.jobs, height=150)
        shown = ChartData(score_history, data, summary, ("Quarter", "Score", "Rules"), rows)
        chart.show_chart(f"Up in {ups} of {plural(len(scores) - 1, 'quarter')}", "score at each quarter's end", shown)
        return chart

"""The Why of a partner's figure, for any screen: read it, put it into words, open the inspector."""

from dataclasses import replace
from typing import TYPE_CHECKING

from partnerdesk.ui.explanation import Explanation, explained
from partnerdesk.ui.formula import FormulaRow, worded
from partnerdesk.ui.screens.auditing import AuditAsked, audit_act, audit_line
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.screens.raising import dispute_act

if TYPE_CHECKING:
    from partnerdesk.queries.audits import AuditView
    from partnerdesk.queries.statements.disputable import Disputable
    from partnerdesk.queries.why import Why
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.base import Screen


def explain_figure(screen: "Screen", partner: str, named: str) -> None:
    """Open the inspector on a partner's figure (`engine.trace` names it)."""
    if named.startswith("worth|"):
        from partnerdesk.ui.screens.worths import explain_worth

        _, kind, id = named.split("|", 2)
        explain_worth(screen, kind, id, partner)
        return
    if named.startswith("entry|trueup:"):
        from partnerdesk.ops.statements.differences import why_corrected as why
    else:
        from partnerdesk.queries.why import why
    today = screen.desk.today()

    def read_more(found: "Why") -> None:
        from partnerdesk.queries.audits import audits, metric_of
        from partnerdesk.queries.statements.disputable import disputable_figure

        metric = metric_of(named)
        if metric is not None:
            ask = AuditAsked(partner, *metric)
            screen.read(audits, partner, metric[0], done=lambda of: _show_metric(screen, found, ask, of), slot="why")
            return
        screen.read(
            disputable_figure, partner, named, today, done=lambda line: _show_line(screen, found, line), slot="why"
        )

    screen.read(why, partner, named, today, done=read_more, slot="why")


def explain_worth(screen: "Screen", kind: str, id: str, part: str, *, well: bool, partner: str) -> None:
    """Open the inspector on a part of what an open item is worth to a partner; it is no line of a statement yet."""
    from partnerdesk.queries.worth import why_worth

    def show(found: "Why") -> None:
        screen.shell.show_why(replace(_explained(screen, found), changed=(), act=None))

    today = screen.desk.today()
    screen.read(why_worth, kind, id, today, part, done=show, slot="why", well=well, partner=partner)


def show_case(screen: "Screen", found: "Why", case: str) -> None:
    """Open the inspector on a figure of a what-if, named as such; nothing is disputed or audited there."""
    explanation = _explained(screen, found)
    screen.shell.show_why(replace(explanation, about=f"{case} · {explanation.about}", changed=(), act=None))


def _show_line(screen: "Screen", found: "Why", line: "Disputable | None") -> None:
    screen.shell.show_why(replace(_explained(screen, found), act=dispute_act(screen, line)))


def _show_metric(screen: "Screen", found: "Why", ask: AuditAsked, of: "tuple[AuditView, ...]") -> None:
    rows = tuple(audit_line(one, screen.desk.formats) for one in of)
    screen.shell.show_why(replace(_explained(screen, found), audited=rows, act=audit_act(screen, ask, of)))


def _explained(screen: "Screen", found: "Why") -> Explanation:
    formats = screen.desk.formats
    period = period_words(found.period, formats)
    about = " · ".join(part for part in (found.figure.label, found.partner_name, period) if part)
    return explained(
        found.named,
        found.figure,
        formats,
        about=about,
        sentence=found.sentence or found.rule_sentence,
        rule=found.rule,
        changed=_caused(found, formats) or _changed(found, formats),
        assumed=found.assumed,
        without_effect=found.without_effect,
    )


def _caused(found: "Why", formats: "Formats") -> tuple[FormulaRow, ...]:
    """Why a closed period is corrected, cause by cause with the rows or the rule behind it."""
    from partnerdesk.reports.differences import CAUSE_WORDS, part_words

    rows = []
    for cause in found.causes:
        behind = part_words(cause.cause, cause.part, found.titles, formats)
        words = f"{CAUSE_WORDS[cause.cause]}: {behind}" if behind else CAUSE_WORDS[cause.cause]
        rows.append(FormulaRow(words, "", formats.change(cause.amount)))
    return tuple(rows)


def _changed(found: "Why", formats: "Formats") -> tuple[FormulaRow, ...]:
    """What the number was a period earlier, and by how much it moved."""
    if found.previous is None:
        return ()
    before = replace(found.figure, value=found.previous)
    moved = found.figure.value - found.previous
    change = worded(replace(found.figure, value=moved), formats)
    words = f"{worded(before, formats)} in {period_words(found.previous_label, formats)}"
    return (FormulaRow(words, "", f"+{change}" if moved > 0 else change if moved else "unchanged"),)

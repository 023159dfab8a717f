"""The money's part of a pack: the quarter's statements, releases ahead, renewals, and the months to come."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.forecast import Ahead
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import FundAccount, Statement
from partnerdesk.engine.period import statement_number
from partnerdesk.ops.pack.fan import fan
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.queries.enablement.gaps import NEXT_TIER, enablement_gaps
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.outlook import outlook
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.reports.pack.data import (
    Earnings,
    Expiring,
    Fund,
    LastSurvey,
    MonthAhead,
    OutlookView,
    ReleaseMonth,
    Renewal,
    Skill,
    StatementLine,
)

MONTHS_BACK, MONTHS_AHEAD = 6, 6
_NOT_RUN = "surveys, go-lives and certificates to come, which move the tier"


def earnings(g: Gathered) -> Earnings | None:
    """The statements of the quarter and what is released later of what they hold; None without any."""
    final = {row.period: row.revision for row in closed_statements(g.session, g.partner.id)}
    found = [
        g.outcome.statements[label]
        for label in g.outcome.statements
        if g.period.start <= g.outcome.statements[label].period.start <= g.period.end
    ]
    if not found:
        return None
    lines = tuple(_line(s, final.get(s.period.label)) for s in found)
    releases, waiting = _releases(found[-1])
    # Corrections hold money, too, without a hold of their own: what is held beyond all others is theirs.
    undated = max(lines[-1].held - sum((r.total for r in releases), ZERO), ZERO)
    waiting = min(waiting, undated)
    vesting = sum((r.vesting for r in releases), waiting)
    holdback = sum((r.holdback for r in releases), undated - waiting)
    return Earnings(lines, releases, undated, vesting, holdback, undated - waiting)


def _line(s: Statement[Decimal], revision: int | None) -> StatementLine:
    """A statement in one line, final where it is closed in a revision."""
    rows = {r.key: r for r in s.rows}

    def total(key: str) -> Decimal:
        return rows[key].total if key in rows else ZERO

    late = sum((e.amount for e in s.paid_late), ZERO)
    return StatementLine(
        period=s.period,
        number=statement_number(s.period),
        version=revision or 1,
        opening=rows["opening"].total + total("opened"),
        earned=sum((r.total for r in s.rows if r.key.startswith("earned.")), ZERO),
        clawed_back=total("clawback"),
        adjusted=total("adjusted"),
        paid=total("paid") + total("tax"),
        closing=rows["closing"].total,
        held=rows["closing"].held,
        opening_held=rows["opening"].held + (rows["opened"].held if "opened" in rows else ZERO),
        topup=total("topup"),
        forfeited=total("forfeited") + total("lapsed"),
        corrected=total("trueup") - late,
        paid_late=late,
        deferred=rows["deferred"].held,
        withheld=rows["holdback"].held,
        released=rows["released"].payable,
        remittance=", ".join(e.reference for e in s.entries if e.kind == "payment"),
        is_final=revision is not None,
    )


def _releases(s: Statement[Decimal]) -> tuple[tuple[ReleaseMonth, ...], Decimal]:
    """What is held at the end of a statement, by the month in which it is due; vesting that waits apart."""
    months: dict[date, dict[str, Decimal]] = defaultdict(lambda: {"vesting": ZERO, "holdback": ZERO})
    waiting = ZERO
    for held in s.held:
        if held.remaining == 0:
            continue
        kind = "vesting" if held.kind == "vesting" else "holdback"
        if held.next_release is not None:
            months[held.next_release.replace(day=1)][kind] += held.remaining
        elif kind == "vesting":
            waiting += held.remaining
    return tuple(ReleaseMonth(m, **months[m]) for m in sorted(months)), waiting


def renewals(g: Gathered) -> Iterator[Renewal]:
    """The partner's contracts that end from the quarter's start on, with the last survey and the joint action."""
    exchange = g.exchange
    joint = {a.contract: a for a in actions(g.session, g.as_of, g.partner.id) if a.contract and not a.internal}
    for c in sorted(g.world.of("contract"), key=lambda c: (c.end or date.max, c.id)):
        if c.partner != g.partner.id or c.end is None or c.recurring is None or c.end < g.period.start:
            continue
        value = exchange.amount(c.recurring, c.currency, g.as_of)
        if value is None:
            continue
        action = joint.get(c.id)
        yield Renewal(
            customer=g.named("customer", c.customer),
            product=g.named("product", c.product),
            renews=c.end,
            value=value,
            notice_by=c.end - timedelta(days=c.notice_days) if c.notice_days else None,
            outcome=c.outcome,
            outcome_on=c.outcome_on,
            survey=_last_survey(g, c.customer),
            action=action.text if action else "",
            owner=(action.owner if action else "") or g.named("person", c.owner),
        )


def _last_survey(g: Gathered, customer: str | None) -> LastSurvey | None:
    known = [
        s
        for s in g.world.of("survey")
        if s.customer == customer and s.partner == g.partner.id and s.score is not None and s.day and s.day <= g.as_of
    ]
    if not known:
        return None
    last = max(known, key=lambda s: (s.day, s.id))
    return LastSurvey(last.kind, last.score, last.scale_max, last.day)


def outlook_view(g: Gathered) -> OutlookView:
    """Months behind as they were, months ahead by both runs, and what neither includes."""
    ahead = outlook(g.session, g.partner.id, g.as_of, MONTHS_AHEAD)
    months, funds = list(_behind(g)), tuple(_funds(g))
    for sure, all_ in zip(ahead.scheduled.months, ahead.all_closes.months, strict=True):
        rest = sure.period.start <= g.as_of
        months.append(
            MonthAhead(sure.period.start, sure.earned, sure.payable, all_.earned, all_.payable, closed=False, rest=rest)
        )
    return OutlookView(
        months=tuple(months),
        tier=ahead.scheduled.tier,
        tier_if_all=ahead.all_closes.tier,
        unprojected=_unprojected(ahead),
        holds=ahead.all_closes.assumes,
        leaves_out=(*ahead.not_included, _NOT_RUN),
        skills=tuple(_skills(g)),
        fund=funds[0] if funds else None,
        more_funds=funds[1:],
        fan=fan(g),
    )


def _unprojected(ahead: Ahead) -> str:
    """Why a run names no tier at the end; the second run's reason where both do not."""
    runs = [run for run in (ahead.all_closes, ahead.scheduled) if run.lapses]
    return runs[0].tier_words if runs else ""


def _behind(g: Gathered) -> Iterator[MonthAhead]:
    """Finished months: what was earned and what became payable."""
    finished = [label for label in g.outcome.statements if g.outcome.statements[label].period.end <= g.as_of]
    for label in finished[-MONTHS_BACK:]:
        s = g.outcome.statements[label]
        earned = sum((r.total for r in s.rows if r.key.startswith("earned.") or r.key == "topup"), ZERO)
        payable = sum((e.amount for e in s.entries if e.bucket == "payable" and e.kind != "payment"), ZERO)
        yield MonthAhead(s.period.start, earned, payable, earned, payable, closed=True)


def _skills(g: Gathered) -> Iterator[Skill]:
    """What the next tier asks for in certificates and lacks, with the certificate and pathway that lead there."""
    for gap in enablement_gaps(g.session, g.partner.id, g.as_of, g.period.label, ahead=False):
        if gap.asks == NEXT_TIER and not gap.met and gap.value is not None and not gap.sessions:
            how = f" (such as {gap.how})" if gap.how else ""
            yield Skill(f"{gap.requirement}{how}:" if how else gap.requirement, int(gap.value), int(gap.needed))


def _funds(g: Gathered) -> Iterator[Fund]:
    """The co-marketing funds that hold or held money, as their ledgers have it; the one that was given some last first.

    One that is used up and expired long before the quarter is history.
    """
    accounts = [account for account in g.outcome.funds.values() if account.issued > ZERO]
    accounts.sort(key=lambda a: (max(m.day for m in a.moves if not m.source), a.key), reverse=True)
    for n, found in enumerate(accounts):
        is_open = found.available + found.approved + found.claimed > ZERO
        if n == 0 or is_open or any(m.day >= g.period.start for m in found.moves):
            yield Fund(
                name=found.says,
                allocated=found.issued,
                paid=found.paid,
                claimed=found.claimed,
                approved=found.approved,
                left=found.available,
                expires=max((day for day, _ in found.expiring), default=None),
                expiring=_expiring(found),
                stays=found.available - sum((amount for _, amount in found.expiring), ZERO),
                currency=found.currency,
            )


def _expiring(account: FundAccount[Decimal]) -> tuple[Expiring, ...]:
    """What is lost on each day of what is left, first days first."""
    lost: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for day, amount in account.expiring:
        lost[day] += amount
    return tuple(Expiring(day, lost[day]) for day in sorted(lost))

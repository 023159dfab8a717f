"""A mail draft that tells a partner what it may earn: the range as it was shown, what it rests on, and no promise.

The text is a template like those of other mails, in the partner's language (`mail/forecast.de.txt`). It has the
partner's own amounts alone: nothing of a deal's chance, of another partner, or of what the book learned from others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.period import Period
from partnerdesk.forecast.keeping import written
from partnerdesk.forecast.ranges import Forecast, Range
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.mail.drafting import Given, MailDraft, write_draft
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.format import Formats
from partnerdesk.reports.mail.text import FORECAST


@dataclass(frozen=True, slots=True)
class _Estimate:
    """What the letter is made of: every amount and count that it may name."""

    months: tuple[tuple[Period, Range], ...]
    whole: Range
    deals: int
    renewals: int
    as_of: date
    horizon: date


def draft_forecast_mail(
    session: Session, found: Forecast, folder: Path, *, to: Sequence[str] = (), text: str | None = None
) -> MailDraft:
    """Writes a draft with the range of a forecast, as it was shown.

    `to` and `text` are as in `drafting`. Raises Refused where the partner has no person with a mail address, where the
    forecast is of no partner of the book, and where something in the text is another partner's; Damaged where the disk
    is in the way.
    """
    partner = fact(session, "partner", found.partner)
    if not isinstance(partner, Partner):
        raise no_partner(session, found.partner)
    name = partner.document_name or partner.name
    program = [p for p in needed_programs(session) if p.version == found.version][-1]
    data = _estimate(found)
    values = _values(data, found.currency, Formats(partner.language or "en_GB"))
    values |= {"partner": name, "program": program.name or program.program}
    given = Given(found.partner, FORECAST, found.as_of, tuple(to), text, values)
    whose, file = Whose(session, found.as_of), f"{found.as_of.isoformat()}_forecast_{name}"
    made = write_draft(session, given, whose.world(found.partner, name), data, (), folder, file, whose)
    return replace(made, said=written(found))


def _estimate(found: Forecast) -> _Estimate:
    months = tuple((m.period, m.earned) for m in found.months)
    deals, renewals = (sum(odds.kind == kind for odds in found.odds) for kind in ("deal", "contract"))
    return _Estimate(months, found.whole.earned, deals, renewals, found.as_of, found.horizon)


def _values(data: _Estimate, currency: str, formats: Formats) -> dict[str, str]:
    """What stands in the places of the template, as the partner writes numbers and months."""
    first, last = formats.period(data.months[0][0]), formats.period(data.months[-1][0])
    lines = [f"{formats.period(month)}: {', '.join(_amounts(earned, formats))}" for month, earned in data.months]
    low, middle, high = _amounts(data.whole, formats)
    return {
        "from": first,
        "until": last,
        "period": f"{first} \N{EN DASH} {last}",
        "low": low,
        "middle": middle,
        "high": high,
        "currency": currency,
        "months": "\n".join(lines),
        "deals": str(data.deals),
        "renewals": str(data.renewals),
        "day": formats.day(data.as_of),
    }


def _amounts(earned: Range, formats: Formats) -> tuple[str, str, str]:
    low, middle, high = (formats.number(amount) for amount in (earned.p10, earned.p50, earned.p90))
    return low, middle, high

"""Title and deck of page 5, drafted from what is due, whose notice date has passed, and what was decided."""

from collections.abc import Sequence
from decimal import Decimal

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import PackData, Renewal
from partnerdesk.reports.pack.renewing import DAYS, Due, due

ZERO = Decimal(0)


def title(data: PackData, formats: Formats) -> str:
    found = due(data)
    if not found.open:
        return f"No renewal is due in the next {DAYS}{HARD_SPACE}days"
    value = formats.compact(found.value)
    verb = "renews" if len(found.open) > 1 else "is up for renewal"
    return f"{value} {verb} in {DAYS}{HARD_SPACE}days; {_notice(found, formats, data)}"


def _notice(found: Due, formats: Formats, data: PackData) -> str:
    flagged = found.flagged
    if not flagged:
        return "no notice date has passed"
    if len(flagged) == 1:
        only = flagged[0]
        return f"the notice date of {_named(only, formats, data)} has passed"
    value = formats.compact(sum((r.value for r in flagged), ZERO))
    return f"{words.number_word(len(flagged))} notice dates have passed, {value} together"


def _named(renewal: Renewal, formats: Formats, data: PackData) -> str:
    day = words.long_day(formats, renewal.renews, data.as_of)
    return f"{renewal.customer}, {formats.compact(renewal.value)} on {day},"


def deck(data: PackData, formats: Formats) -> str:
    found = due(data)
    parts = []
    if found.decided:
        parts.append(_decided(found.decided, words.month_name(formats, data.period.start)))
    ownerless = sum(not r.owner for r in found.open)
    if ownerless:
        verb = "has" if ownerless == 1 else "have"
        parts.append(f"{words.capital(words.counted(ownerless, 'open renewal'))} {verb} no owner yet.")
    return " ".join(parts)


def _decided(found: Sequence[Renewal], month: str) -> str:
    """How many of the renewals that were decided since a month were kept."""
    kept, whole = sum(r.outcome != "churned" for r in found), len(found)
    if whole == 1:
        return f"The one renewal decided since {month} was {'kept' if kept else 'lost'}."
    several = "Both" if whole == 2 else f"All {words.number_word(whole)}"
    if kept == whole:
        return f"{several} renewals decided since {month} were kept."
    if not kept:
        return f"{several} renewals decided since {month} were lost."
    verb = "was" if kept == 1 else "were"
    count, of = words.capital(words.number_word(kept)), words.number_word(whole)
    return f"{count} of the {of} renewals decided since {month} {verb} kept."

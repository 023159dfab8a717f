"""Title and deck of page 6, drafted from the open deals and the open ground."""

from decimal import Decimal

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import OpenGround, PackData, PipelineView

_TOP = 3


def title(data: PackData, formats: Formats) -> str:
    """The size of the pipeline and where it lies, and that of the open ground."""
    view = data.pipeline
    if view is None:
        return "No deal is open"
    foreign = view.ground is not None and view.ground.gap and view.ground.currency != data.currency
    unit = f"{HARD_SPACE}{data.currency}" if foreign else ""  # beside another currency each amount names its own
    parts = [_deals(view, unit, formats), _ground(view.ground, data.currency, formats)]
    return "; ".join(part for part in parts if part)


def _deals(view: PipelineView, unit: str, formats: Formats) -> str:
    if not view.deals:
        return "No deal is open"
    if not view.total:
        return f"{words.capital(words.counted(len(view.deals), 'deal'))} open, without an amount"
    said = f"Pipeline {formats.compact(view.total)}{unit}"
    if len(view.deals) == 1:
        return f"{said} in one deal"
    if len(view.deals) <= _TOP:
        return f"{said} in {words.number_word(len(view.deals))} deals"
    top = sum((d.amount for d in view.deals[:_TOP] if d.amount is not None), Decimal(0))
    return f"{said}, {formats.percent(top / view.total, 0)} of it in three deals"


def _ground(ground: OpenGround | None, currency: str, formats: Formats) -> str:
    if ground is None or not ground.gap:
        return ""
    most, product = max(zip(ground.gaps, ground.products, strict=True), key=lambda pair: pair[0])
    unit = "" if ground.currency == currency else f"{HARD_SPACE}{ground.currency}"
    lies = f", {formats.compact(most)} of it in {product}" if most < ground.gap else f", all of it in {product}"
    return f"open ground another {formats.compact(ground.gap)}{unit}{lies}"


def deck(data: PackData, formats: Formats) -> str:
    """What holds deals up, as far as the rows say it."""
    deals = data.pipeline.deals if data.pipeline else ()
    past = sum(d.close is not None and d.close < data.as_of for d in deals)
    idle = sum(not d.next_step for d in deals)
    parts = []
    if past:
        day = formats.short_day(data.as_of)
        parts.append(f"{words.capital(words.counted(past, 'deal'))} should have closed before{HARD_SPACE}{day}.")
    if idle:
        parts.append(
            f"{words.capital(words.counted(idle, 'open deal'))} {'has' if idle == 1 else 'have'} no next step."
        )
    return " ".join(parts)

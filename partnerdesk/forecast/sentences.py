"""A forecast in words: the range, how sure it is, the tier, and why a weighted pipeline says something else."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from partnerdesk.forecast.ranges import Forecast, Range, Stretch
from partnerdesk.forecast.together import Whole

Shown = Callable[[Decimal], str]


def sentence(found: Forecast, shown: Shown) -> str:
    """The forecast in one sentence; amounts as `shown` writes them."""
    return _range_words(found.whole.earned, found.months, found.currency, shown)


def _range_words(earned: Range, months: Sequence[Stretch], currency: str, shown: Shown) -> str:
    when = f"From {months[0].period.label} to {months[-1].period.label}"
    if earned.is_certain:
        return f"{when} {shown(earned.p50)} {currency} will be earned as things stand."
    return (
        f"{when} about {shown(earned.p50)} {currency} may be earned: in eight of ten futures between "
        f"{shown(earned.p10)} and {shown(earned.p90)}. An estimate, not a promise."
    )


def book_sentence(found: Whole, shown: Shown) -> str:
    """A book's forecast in one sentence."""
    return _range_words(found.whole.earned, found.months, found.currency, shown)


def book_reasons(found: Whole, shown: Shown) -> Iterator[str]:
    """What stands behind it, one statement a line."""
    yield (
        f"Committed if nothing open closes: {shown(found.committed)}; possible if all of it does: "
        f"{shown(found.possible)}; both without new business and expansions, so the middle may be above."
    )
    if found.tiers:
        yield f"Partners by tier at the end, on average: {', '.join(f'{t} {n:.1f}' for t, n in found.tiers)}."
    if found.clawback:
        yield f"Taken back on average: {shown(found.clawback)}."
    yield (
        f"The weighted pipelines of all say {shown(found.pipeline.earned)}. "
        f"The ranges of the partners are not added: what goes ill at one may go well at another."
    )


def reasons(found: Forecast, shown: Shown) -> tuple[str, ...]:
    """What stands behind the sentence, one statement a line."""
    return tuple(_reasons(found, shown))


def _reasons(found: Forecast, shown: Shown) -> Iterator[str]:
    yield (
        f"Committed if nothing open closes: {shown(found.committed)}; possible if all of it does: "
        f"{shown(found.possible)}; both without new business and expansions, so the middle may be above."
    )
    if found.tiers:
        chances = ", ".join(f"{tier} {chance:.0%}" for tier, chance in found.tiers)
        yield f"Tier today {found.tier_today or '–'}; reached by {found.horizon.isoformat()}: {chances}."
    else:
        yield f"Tier today {found.tier_today or '–'}; not projected."
    if found.clawback:
        yield f"Taken back on average: {shown(found.clawback)}."
    pipe, off = found.pipeline, found.whole.earned.mean - found.pipeline.earned
    if off:
        side = "more" if off > 0 else "less"
        yield (
            f"A weighted pipeline of {shown(pipe.amount)} at last year's {pipe.rate:.2%} says {shown(pipe.earned)}; "
            f"on average the futures bring {shown(abs(off))} {side}, as they know bands, tiers, caps and schedules, "
            "what is earned already, and business that is not open yet."
        )

"""Partners below: how far down an override looks, and the tiers that they hold, counted or deciding on it."""

from collections.abc import Iterator

from partnerdesk.engine.rules import Earning, Metric, Program
from partnerdesk.engine.rules.earnings import DIFFERENCE, OWN
from partnerdesk.engine.terms.metrics import COUNTS
from partnerdesk.program.lint.found import Found, unknown

_BELOW = ("sub-partners", "all below")


def tiers_held(program: Program, path: str, metric: Metric) -> Iterator[Found]:
    """What a metric of tiers that are held cannot mean."""
    if metric.whose not in _BELOW:
        message = "the partner's own tier rests on its metrics; only the tiers of partners below are known before."
        yield f"{path}.whose", message, 'Write whose = "sub-partners" or "all below".', False
    if metric.take not in COUNTS:
        message = f"a tier that is held has no amount: it has no {metric.take}."
        yield f"{path}.take", message, 'Write take = "count", or "distinct" with value = "partner".', False
    if metric.window.span == "next":
        message = "tiers that are held have been entered: none is “next”."
        yield f"{path}.window", message, 'Write "in force" or "period", for instance.', False
    if not program.tier:
        message = "the program has no tiers, so that nobody holds one: it would always be 0."
        yield f"{path}.of", message, "Add [[tier]], or count something else.", False
    names = [tier.name for tier in program.tier]
    for test in metric.where:
        for name in (test.one_of or ()) if test.attribute == "tier" else ():
            if name not in names:
                yield unknown(f"{path}.where", "tier", str(name), names)


def how_far_below(path: str, rule: Earning) -> Iterator[Found]:
    """How many levels below an override looks, where that means nothing."""
    if rule.level < 1:
        yield path, "those directly below are on level 1.", "Write 1 or more.", False
    elif rule.level > 1 and rule.of != "sub-partners":
        message = "only an earning on partners below looks further down."
        yield path, message, 'Drop it, or write of = "sub-partners".', False


def whose_tier(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    """Whose tier an override goes by, where that means nothing."""
    if rule.tier_of == OWN:
        return
    if rule.of != "sub-partners" or not program.tier:
        message = "only an earning on partners below goes by their tier, in a program with tiers."
        yield path, message, 'Drop it, or write of = "sub-partners".', False
    if rule.tier_of != DIFFERENCE:
        return
    entries = rule.rate.entries if rule.rate else ()
    if rule.rate is None or rule.rate.all_bands or any(entry.rate is None for entry in entries):
        yield path, "a difference is one of rates.", "Give a rate by tier, without bands and amounts.", False
    elif any(entry.rate is not None and entry.rate < 0 for entry in entries):
        yield path, "a rate below zero takes off; what one has above another then means nothing.", "Drop it.", False

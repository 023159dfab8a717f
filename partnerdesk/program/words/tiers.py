"""The tiers in words: what each asks for and brings, when and how far partners move, what protects them."""

from collections.abc import Iterator

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.rules import Program, TierMoves, TierPolicy, TierRule
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.tiers import TierTerms
from partnerdesk.program.words.naming import benefits_say, listed, many, period_noun
from partnerdesk.program.words.phrases import Said

_SINCE = {"joined": "joined", "agreement_signed": "signed the agreement"}


def tiers(program: Program, policy: TierPolicy) -> Said:
    when = "the same period" if policy.in_force == "same period" else "the next period"
    who = (
        "A person confirms each move, with a reason"
        if policy.moves == "confirmed"
        else "Moves take effect by themselves"
    )
    sentence = (
        f"Tiers are reviewed each {period_noun(policy.every)}. A partner has the highest tier whose requirements all "
        f"hold, bounds included; it counts from {when} on. {who}."
    )
    sentence += "".join(f" {more}" for more in _more(program, policy))
    asked = "; ".join(tier_words(program, tier) for tier in program.tier)
    return "tiers", policy.reference, "Tiers", sentence, "highest tier whose requirements hold", asked


def tier_words(program: Program, tier: TierRule) -> str:
    """What a tier asks for and brings."""
    asked = need_words(program, tier.requires) if tier.requires else "open to every partner"
    clause = f" ({tier.reference})" if tier.reference else ""
    brings = f", brings {listed(list(benefits_say(program, tier)))}" if tier.benefits else ""
    note = f" ({tier.note.rstrip('.')})" if tier.note else ""
    return f"{tier.name}{clause}: {asked}{brings}{note}"


def _more(program: Program, policy: TierPolicy) -> Iterator[str]:
    if policy.qualifies_for > 1:
        many_periods = many(policy.qualifies_for, period_noun(policy.every))
        yield f"A tier reached in any of {many_periods}, the last one included, counts as reached."
    if policy.start:
        yield f"A partner begins as {policy.start}."
    made_ready = TierTerms(program)
    if made_ready.is_decided and made_ready.is_of_group:
        yield (
            "What is decided for the partner at the top of a group holds for all of it; what is decided for one of "
            "them itself, for that one from then on."
        )
    for word, rule in (("up", policy.up), ("down", policy.down)):
        yield from _direction(policy, word, rule)


def _direction(policy: TierPolicy, word: str, rule: TierMoves) -> Iterator[str]:
    if rule.moves == "never":
        yield f"Figures alone never move a tier {word}."
        return
    said = list(_conditions(policy, rule))
    if said:
        yield f"A move {word} {listed(said)}."


def _conditions(policy: TierPolicy, rule: TierMoves) -> Iterator[str]:
    """What is particular about one direction, each as the rest of "A move down ..."."""
    yield from _when(policy, rule)
    if rule.step:
        yield f"goes at most {many(rule.step, 'tier')} at once"
    if rule.notice_periods > 1:
        yield f"needs {rule.notice_periods} reviews in a row that call for it"
    if rule.grace_months:
        yield f"never takes effect in the first {many(rule.grace_months, 'month')} after joining"
    if rule.not_before:
        yield f"never takes effect before {day_words(rule.not_before)}"
    if rule.kept_months and rule.kept_again:
        yield (
            f"takes effect only where the tier was held {many(rule.kept_months, 'month')}, or as many again: with the "
            "first review that counts from that day on"
        )
    elif rule.kept_months:
        yield f"never takes effect in the first {many(rule.kept_months, 'month')} after the tier was entered"


def _when(policy: TierPolicy, rule: TierMoves) -> Iterator[str]:
    """How often a direction is reviewed, who confirms it, from which day a move counts."""
    if rule.every and rule.every != policy.every:
        yield f"is reviewed each {period_noun(rule.every)}"
    if rule.moves and rule.moves != policy.moves:
        yield "is confirmed by a person, with a reason" if rule.moves == "confirmed" else "takes effect by itself"
    if rule.in_force and rule.in_force != policy.in_force:
        yield f"counts from the {'period of the figures' if rule.in_force == 'same period' else 'period after'}"
    if rule.lag_months:
        yield f"takes effect {many(rule.lag_months, 'month')} later"
    if rule.on_anniversary_of:
        yield f"takes effect on the next anniversary of the day the partner {_SINCE[rule.on_anniversary_of]}"

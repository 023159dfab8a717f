"""The score and the tiers in words."""

from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Program, ScoreRule, TierPolicy
from partnerdesk.engine.where import plain
from partnerdesk.program.words.phrases import Said, metric_says, need_words


def score(program: Program, rule: ScoreRule) -> Said:
    parts = [f"{program.metric[p.metric].says} counts {plain(p.weight)} %" for p in rule.parts]
    sentence = (
        f"Each {rule.every} the score adds up to 100 points: {'; '.join(parts)}. Each measure earns points on its own "
        "scale; a measure that cannot be evaluated earns none. The total is rounded half up to "
        f"{rule.decimals} decimal."
    )
    formula = " + ".join(f"{plain(p.weight / 100)} × points of {metric_says(program, p.metric)}" for p in rule.parts)
    scales = "; ".join(
        f"{program.metric[p.metric].says}: "
        + ", ".join(f"{percent_words(s.at)} = {plain(s.points)} points" for s in p.scale)
        for p in rule.parts
    )
    return "score", rule.reference, rule.says, sentence, formula, scales


def tiers(program: Program, policy: TierPolicy) -> Said:
    asked = "; ".join(
        f"{t.name}: {need_words(program, t.requires)}" if t.requires else f"{t.name}: open to every partner"
        for t in program.tier
    )
    when = "the same period" if policy.in_force == "same period" else "the next period"
    who = (
        "A person confirms each move, with a reason"
        if policy.moves == "confirmed"
        else "Moves take effect by themselves"
    )
    sentence = (
        f"Tiers are reviewed each {policy.every}. A partner has the highest tier whose requirements all hold, "
        f"bounds included; it counts from {when} on. {who}."
    )
    return "tiers", policy.reference, "Tiers", sentence, "highest tier whose requirements hold", asked

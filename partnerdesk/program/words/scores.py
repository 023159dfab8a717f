"""The score in words."""

from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Program, ScoreRule
from partnerdesk.engine.where import plain
from partnerdesk.program.words.phrases import Said, metric_says


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

"""An earning in words: when, how much, when it is payable."""

from partnerdesk.engine.earnings.triggers import PERIOD_END, TRIGGERS
from partnerdesk.engine.rules import Earning, Program
from partnerdesk.engine.where import plain, spoken
from partnerdesk.program.words.phrases import Said, metric_says, need_words, where_words
from partnerdesk.program.words.rates import rate_table, rate_words
from partnerdesk.program.words.timing import vests_sentence, vests_table


def earning(program: Program, name: str, rule: Earning) -> Said:
    when = (
        f"At the end of each {rule.every or 'quarter'}" if rule.on == PERIOD_END else f"When {TRIGGERS[rule.on].says}"
    )
    base = metric_says(program, rule.base.metric) if rule.base.metric else f"the {spoken(rule.base.attribute)}"
    parts = [when + where_words(rule.where)]
    if rule.when is not None:
        parts.append(f" and {need_words(program, rule.when)}")
    if rule.amount is not None:
        parts.append(f", you earn {rule.amount:,.2f} {program.currency}")
        formula, parameters = f"{rule.amount:,.2f}", f"{rule.amount:,.2f} {program.currency}"
    else:
        assert rule.rate is not None
        parts.append(f", you earn {rate_words(rule.rate)} of {base}")
        formula, parameters = f"{base.removeprefix('the ')} × rate", rate_table(rule.rate)
        for factor in rule.factor:
            formula += " × factor"
            parts.append(", times the factor of your tier" if factor.by_tier else ", times a factor")
            parameters += "; factor " + ", ".join(f"{t} {plain(f)}" for t, f in factor.by_tier.items())
    if said := vests_sentence(program, rule.vests):
        parts.append(said)
        parameters += f"; {vests_table(rule.vests)}"
    money = program.rounding
    formula += f", rounded {money.mode.replace('-', ' ')} to {money.decimals} decimals per {money.point}"
    return f"earning.{name}", rule.reference, rule.says, "".join(parts) + ".", formula, parameters

"""A program's rules in the sentences a partner reads, generated from the rules themselves so that they cannot differ.

One `RuleWords` per rule: the statement's rule sheet, the Why panel and the pack's appendix all use them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.modules import alone, clauses_of, laid_over, modules_of
from partnerdesk.program.words.earnings import earning
from partnerdesk.program.words.facts import where_words
from partnerdesk.program.words.funds import benefit_rule, fund_rule
from partnerdesk.program.words.governance import governance, module_words
from partnerdesk.program.words.limits import cap_rule, holdback_rule, net_rule
from partnerdesk.program.words.metrics import definition, metric_sentence
from partnerdesk.program.words.phrases import Said
from partnerdesk.program.words.rates import rate_table, rate_words
from partnerdesk.program.words.scores import score
from partnerdesk.program.words.settlement import settlement
from partnerdesk.program.words.tiers import tiers
from partnerdesk.program.words.timing import clawback_rule

__all__ = [
    "RuleWords",
    "definition",
    "metric_sentence",
    "need_words",
    "rate_table",
    "rate_words",
    "rule_words",
    "where_words",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule for people: `sentence` says it, `formula` computes it, `parameters` lists its numbers."""

    key: str
    reference: str
    title: str
    sentence: str
    formula: str
    parameters: str
    version: str
    effective_from: date


def rule_words(
    program: Program, partner: Partner | None = None, modules: Sequence[str] | None = None
) -> tuple[RuleWords, ...]:
    """Every rule of a version: score, tiers, earnings, limits, holdbacks, in the order of the text.

    For one partner they are its own: those of its `modules`, else of the ones that fit it by its own row, stand in
    their places, and of the clauses only those that are for it. Without a partner each module follows the version's
    own rules.
    """
    if partner is None:
        said = [*_rules(program), *(s for name in program.module for s in _of_module(program, name))]
    else:
        own = laid_over(program, modules_of(program, partner) if modules is None else modules)
        said = list(_rules(replace(own, clause=clauses_of(program, alone(program, partner)))))
    return tuple(
        RuleWords(key, reference or key, title, sentence, formula, parameters, program.version, program.effective_from)
        for key, reference, title, sentence, formula, parameters in said
    )


def words_of(program: Program, rule: RuleRef) -> RuleWords | None:
    """The words of a rule that a line or an entry names."""
    key = f"module.{rule.module}.{rule.key}" if rule.module else rule.key
    return next((words for words in rule_words(program) if words.key == key), None)


def _of_module(program: Program, name: str) -> Iterator[Said]:
    """A module and the rules that it adds or replaces."""
    changed = laid_over(program, [name])
    own = tuple(f"{rule}." for rule, _ in changed.from_module)
    yield module_words(program, name)
    for key, *rest in _rules(changed):
        if f"{key}.".startswith(own):
            reference, title, sentence, formula, parameters = rest
            yield f"module.{name}.{key}", reference, title, sentence, formula, parameters


def _rules(program: Program) -> Iterator[Said]:
    if program.score is not None:
        yield score(program, program.score)
    if program.tier:
        yield tiers(program, program.tiers)
    for name, rule in program.earning.items():
        yield earning(program, name, rule)
        for i, clawback in enumerate(rule.clawback):
            yield clawback_rule(program, name, i, rule, clawback)
    for key, cap in program.cap.items():
        yield cap_rule(program, key, cap)
    for key, net in program.safety_net.items():
        yield net_rule(program, key, net)
    for key, holdback in program.holdback.items():
        yield holdback_rule(program, key, holdback)
    for key, fund in program.fund.items():
        yield fund_rule(program, key, fund)
    for key, benefit in program.benefit.items():
        yield benefit_rule(program, key, benefit)
    yield from settlement(program)
    yield from governance(program)

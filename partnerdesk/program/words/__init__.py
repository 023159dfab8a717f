"""A program's rules in the sentences a partner reads, generated from the rules themselves so that they cannot differ.

One `RuleWords` per rule: the statement's rule sheet, the Why panel and the pack's appendix all use them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.rules import Program
from partnerdesk.program.words.earnings import earning
from partnerdesk.program.words.governance import governance
from partnerdesk.program.words.limits import cap_rule, holdback_rule, net_rule
from partnerdesk.program.words.metrics import definition
from partnerdesk.program.words.phrases import Said, need_words, where_words
from partnerdesk.program.words.rates import rate_table, rate_words
from partnerdesk.program.words.scores import score
from partnerdesk.program.words.settlement import settlement
from partnerdesk.program.words.tiers import tiers
from partnerdesk.program.words.timing import clawback_rule

__all__ = ["RuleWords", "definition", "need_words", "rate_table", "rate_words", "rule_words", "where_words"]


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


def rule_words(program: Program) -> tuple[RuleWords, ...]:
    """Every rule of a version: score, tiers, earnings, limits, holdbacks, in the order of the text."""
    return tuple(
        RuleWords(key, reference or key, title, sentence, formula, parameters, program.version, program.effective_from)
        for key, reference, title, sentence, formula, parameters in _rules(program)
    )


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
    yield from settlement(program)
    yield from governance(program)

"""One block per rule: clause and version, title, the sentence, its numbers, why it exists, and a worked example."""

from collections.abc import Sequence

from partnerdesk.program.diff import value_at
from partnerdesk.program.words import RuleWords
from partnerdesk.program.words.fiscal import FISCAL
from partnerdesk.program.words.phrases import says_more
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.data import GuideData, Worked
from partnerdesk.reports.guide.examples import example_parts, seen_before
from partnerdesk.reports.guide.phrases import capital, clause_line, counted, sentence
from partnerdesk.reports.guide.standing import examples as of_standing
from partnerdesk.reports.look import BODY, LEAD, SUB, Role
from partnerdesk.reports.page import MM, Span
from partnerdesk.reports.page.flow import Line, Part, Prose
from partnerdesk.reports.page.portrait import WIDTH

_RULE_TITLE = Role(12, 16, "semibold")
_NAME = Role(9, 12.5, "semibold")
_ELSEWHERE = (*FISCAL, "score", "tiers", "settlement", "rounding", "exchange", "transition", "stage")


def of_rules(rules: Sequence[RuleWords]) -> list[RuleWords]:
    """The rules that have a block of their own; the others stand under tiers and calendar."""
    return [rule for rule in rules if rule.key not in _ELSEWHERE]


def title(rules: Sequence[RuleWords]) -> str:
    many = len(of_rules(rules))
    return f"{capital(counted(many, 'rule'))}, {'each ' * (many > 1)}with its clause and version"


def parts(data: GuideData, formats: Formats, rules: Sequence[RuleWords]) -> list[Part]:
    """The blocks in the order of the program's text; an example stands at the first rule that it works out."""
    found: list[Part] = []
    seen: set[int] = set()
    for rule in of_rules(rules):
        found += _block(data, rule, formats, is_first=not found)
        for worked in data.covering(rule.key):
            found += [seen_before(worked)] if id(worked) in seen else example_parts(worked, formats)
            seen.add(id(worked))
    return found + _others(data, formats, rules, seen)


def _block(data: GuideData, rule: RuleWords, formats: Formats, *, is_first: bool) -> list[Part]:
    found = [
        Part(Line(WIDTH), 0 if is_first else 8 * MM, keep=True),
        Part(Prose(clause_line(data, rule, formats), WIDTH, SUB), 1 * MM, keep=True),
        Part(Prose(rule.title, WIDTH, _RULE_TITLE), 0.6 * MM, keep=True, outline=rule.title),
        Part(Prose(capital(rule.sentence), WIDTH, LEAD), 1.6 * MM),
    ]
    numbers = rule.parameters if says_more(rule.parameters, rule.sentence) else ""
    more = [("In numbers", numbers), ("Why", getattr(value_at(data.program, rule.key), "note", ""))]
    for name, text in more:
        if text and text not in rule.sentence:
            words = (Span(f"{name}: ", _NAME), Span(sentence(text), BODY))
            found.append(Part(Prose(words, WIDTH, BODY), 1.6 * MM))
    return found


def _others(data: GuideData, formats: Formats, rules: Sequence[RuleWords], seen: set[int]) -> list[Part]:
    """Examples that no block has shown: those of settlement, and those that name no rule."""
    standing = (
        {id(worked) for worked in of_standing(data)} if any(r.key in ("score", "tiers") for r in rules) else set()
    )
    left: list[Worked] = [w for w in data.worked if id(w) not in seen | standing]
    found = [part for worked in left for part in example_parts(worked, formats)]
    if not found:
        return []
    return [
        Part(Line(WIDTH), 8 * MM, keep=True),
        Part(Prose("Further examples", WIDTH, _RULE_TITLE), 1 * MM, keep=True, outline="Further examples"),
        *found,
    ]

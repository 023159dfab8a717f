"""What the rules of a version are called where they are referred to: earning.deal, earning.deal.clawback.

Nobody's own words: the text of a program writes them in parts, a statement that names its rules in one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from partnerdesk.engine.rules import Program


def rule_keys(program: Program) -> Iterator[str]:
    """The keys of all rules that have a name, and of their parts."""
    for section in fields(program):
        named = getattr(program, section.name)
        for name, rule in named.items() if isinstance(named, Mapping) else ():
            yield f"{section.name}.{name}"
            if is_dataclass(rule):
                yield from (f"{section.name}.{name}.{part.name}" for part in fields(rule))

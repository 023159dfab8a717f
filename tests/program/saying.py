"""The sentence of a rule as the tests of words ask for it."""

from partnerdesk.program.words import rule_words
from tests.engine.cases import program

BASE = 'base = "amount"\nrate = 0.1'
OTHERS = """
[metric.sales]
says = "Sales"
of = "deal"
day = "closed"
window = "period"
[earning.other]
says = "Other commission"
type = "OTHER"
on = "deal won"
base = "amount"
rate = 0.1
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "sales", above = 5 }
"""
STEPS = "steps = [{ from = 0, rate = 0.01 }, { from = 100, rate = 0.02, amount = 7 }]"
FILLED = "steps = [{ from = 0, rate = 0.05 }, { from = 500, rate = 0.03 }]"
AMOUNTS = "steps = [{ from = 0 }, { from = 100, amount = 7 }]"


def said(text: str, key: str = "earning.bonus") -> str:
    found = next(w for w in rule_words(program(OTHERS + text)) if w.key == key)
    return " | ".join((found.sentence, found.formula, found.parameters)).replace("\N{NO-BREAK SPACE}", " ")


def earning(more: str, on: str = '"deal won"', pay: str = BASE) -> str:
    return f'[earning.bonus]\nsays = "Bonus"\ntype = "BONUS"\non = {on}\n{pay}\n{more}\n'

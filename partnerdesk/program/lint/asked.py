"""What a filter asks of facts: attributes that there are, and words that facts can have."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from partnerdesk.engine.facts import DAY, FLAG, MAP, MONEY, RATE, REF, TEXT, WHOLE, Attribute, attributes
from partnerdesk.engine.facts.usual import USUAL
from partnerdesk.engine.rules import Test
from partnerdesk.engine.world.where import MADE, is_free, kind_of, paths

Answer = tuple[str, str, bool]  # message, remedy, warning


def no_path(kind: str, path: str) -> Answer:
    """An attribute that a kind does not have: the nearest one, or how a free attribute is written."""
    head, _, rest = path.partition(".")
    own = {a.name: a for a in _attributes(kind)}
    known = paths(kind)
    if rest and head in own and own[head].kind not in (REF, MAP):
        remedy = f"Write {head} = [...] for any of several, {head} = {{ at_least = ... }} for bounds."
        return f"{rest} is no test of {head}.", remedy, False
    if rest and head in own and own[head].kind == REF:
        known = [f"{head}.{name}" for name in paths(own[head].to)]
    if path.endswith(".not") or head == "not":
        return f"not stands in front of {rest or path}.", 'Write { status = { not = "won" } }.', False
    near = _through(own, path) or get_close_matches(path, known, 1, 0.7)
    free = f"a free attribute is written attributes.{path.rpartition('.')[2]}"
    remedy = f"Did you mean {near[0]}?" if near else f"Name one of its attributes; {free}."
    return f"{kind} has no attribute {path}.", remedy, False


def _through(own: dict[str, Attribute], path: str) -> list[str]:
    """product.family for product_family: an attribute of what the fact refers to."""
    head, _, rest = path.partition("_")
    return [f"{head}.{rest}"] if head in own and own[head].kind == REF and rest in paths(own[head].to) else []


def wrong_type(kind: str, test: Test) -> Answer | None:
    """A value of another type than the attribute's, which no fact can have: a number in quotes, bounds of a text."""
    if is_free(kind, test.attribute):
        return _no_text(test)
    bounds = [bound for bound in (test.at_least, test.above, test.at_most, test.below) if bound is not None]
    asked, named = kind_of(kind, test.attribute), [*bounds, *(test.one_of or ())]
    if asked in (TEXT, REF) and bounds:
        return f"{test.attribute} is a text and has no bounds.", "Name its values in a list.", False
    types, what, remedy = _TYPES[asked]
    if all(isinstance(value, types) for value in named):
        return None
    return f"{test.attribute} is {what}.", remedy, False


def _no_text(test: Test) -> Answer | None:
    """True or false asked of a free attribute, which is a text as the facts hold it."""
    asked = next((value for value in test.one_of or () if isinstance(value, bool)), None)
    if asked is None:
        return None
    remedy = f'Write it as the facts have it, in quotes: "{str(asked).lower()}" or "{"yes" if asked else "no"}".'
    return f"{test.attribute} is a text and never {str(asked).lower()} without quotes.", remedy, True


_NUMBER = (Decimal,), "a number", "Write it without quotes."
_TEXT = (str,), "a text", "Write it in quotes."
# What the values of an attribute are: their types, what that is called, how it is written.
_TYPES: dict[str, tuple[tuple[type, ...], str, str]] = {
    MONEY: _NUMBER,
    RATE: _NUMBER,
    WHOLE: _NUMBER,
    TEXT: _TEXT,
    REF: _TEXT,
    FLAG: ((bool, Decimal), "true or false", "Write it so, without quotes."),
    DAY: ((date,), "a day", "Write it as 2026-01-31, without quotes."),
}


def strange_words(kind: str, test: Test) -> Iterator[Answer]:
    """Words that no fact has, or that are nearly a usual one; what nobody can tell is the program's own."""
    found = _end(kind, test.attribute)
    if found is None:
        return
    kind, attribute = found
    known = attribute.choices or USUAL.get((kind, attribute.name), ())
    for word in test.one_of or ():
        if not known or not isinstance(word, str) or word in known:
            continue
        near = get_close_matches(word.lower(), known, 1, 0.75)
        if near or attribute.choices:
            remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
            yield f"“{word}” is no {'' if attribute.choices else 'usual '}{attribute.name} of a {kind}.", remedy, True


def _end(kind: str, path: str) -> tuple[str, Attribute] | None:
    """The kind and the declared attribute that a path leads to; None for a free or worked-out one."""
    head, _, rest = path.partition(".")
    attribute = next((a for a in _attributes(kind) if a.name == head), None)
    if attribute is None or attribute.kind == MAP:
        return None
    if not rest:
        return kind, attribute
    return _end(attribute.to, rest) if attribute.kind == REF else None


def _attributes(kind: str) -> tuple[Attribute, ...]:
    return () if kind in MADE else tuple(attributes(kind))

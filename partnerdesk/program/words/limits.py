"""Caps, safety nets and holdbacks in words."""

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.rules import Cap, Holdback, Program, SafetyNet
from partnerdesk.engine.rules.limits import MAKES_ROOM
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.program.words.naming import earning_names, earning_says, is_many, ordinal, period_noun
from partnerdesk.program.words.phrases import Said, floors_words, limits_words


def cap_rule(program: Program, i: str, cap: Cap) -> Said:
    names = _capital(earning_names(program, cap.of))
    each = f" for each {cap.per}" if cap.per != "partner" else ""
    span = "in all" if cap.every == "ever" else f"a {period_noun(cap.every)}"
    limit = limits_words(program, cap.at_most, f"{span}{each}")
    together = "together " if len(cap.of) > 1 else ""
    when = f", if {need_words(program, cap.when)}" if cap.when is not None else ""
    room = "; what is taken back of them makes room again" if cap.taken_back == MAKES_ROOM else ""
    sentence = f"{names} {together}{_verb(program, cap.of)} {limit}{when}{_cut(program, cap)}{room}."
    return f"cap.{i}", cap.reference, cap.says, sentence, "least of earned and cap", limit.removeprefix("at most ")


def _cut(program: Program, cap: Cap) -> str:
    """Whose lines of one day give way first."""
    if not cap.cut:
        return ""
    first, *then = [earning_says(program, name) for name in cap.cut]
    return f"; of what falls on one day, {first} is cut first" + "".join(f", then {name}" for name in then)


def _verb(program: Program, names: tuple[str, ...]) -> str:
    return "are" if len(names) > 1 or is_many(program.earning[names[0]].says) else "is"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def net_rule(program: Program, i: str, net: SafetyNet) -> Said:
    who = f", provided that {need_words(program, net.when)}" if net.when else ""
    together = "together " if len(net.of) > 1 else ""
    every, least = period_noun(net.every), floors_words(program, net.at_least)
    each = f" for any {net.per} that has some" if net.per != "partner" else ""
    room = "; what was taken back of them by then is made up for" if net.taken_back == MAKES_ROOM else ""
    sentence = (
        f"If {earning_names(program, net.of)} of a {every}{each} {together}{_verb(program, net.of)} below {least}, the "
        f"difference is paid{who}{room}."
    )
    return (
        f"safety_net.{i}",
        net.reference,
        net.says,
        sentence,
        "floor − earned",
        f"{least} a {every}{each and f' for each {net.per}'}",
    )


def holdback_rule(program: Program, i: str, rule: Holdback) -> Said:
    sum_ = f", taken of the sum of each {period_noun(rule.every)}," if rule.every else ""
    condition = ""
    if rule.when is not None:
        other = "it is forfeited" if rule.otherwise == "forfeit" else "it is released all the same"
        condition = f", if {need_words(program, rule.when)}; otherwise {other}"
    what = f"{percent_words(rule.share)} of {earning_names(program, rule.of)}{sum_}"
    sentence = f"{what} is held back and released at the end of {_release(rule)}{condition}."
    share = percent_words(rule.share)
    return f"holdback.{i}", rule.reference, rule.says, sentence, f"earned × {share}", share


def _release(rule: Holdback) -> str:
    """The period at whose end it is released."""
    unit = period_noun(rule.release_unit)
    if rule.release_after < 2:
        return f"the next {unit}" if rule.release_after else f"the same {unit}"
    return f"the {ordinal(rule.release_after)} {unit} after it"

"""Caps, safety nets and holdbacks in words."""

from partnerdesk.engine.asking import need_words
from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Cap, Holdback, Program, SafetyNet
from partnerdesk.program.words.phrases import Said, amounts_words, earning_names


def cap_rule(program: Program, i: str, cap: Cap) -> Said:
    names = earning_names(program, cap.of).capitalize()
    each = f" for each {cap.per}" if cap.per != "partner" else ""
    span = "for good" if cap.every == "ever" else f"a {cap.every}"
    limit = f"{amounts_words(program, cap.at_most)} {span}{each}"
    together = "together are" if len(cap.of) > 1 else "is"
    first = f"; of one day, {earning_names(program, cap.cut)} is cut first" if cap.cut else ""
    when = f", if {need_words(program, cap.when)}" if cap.when is not None else ""
    sentence = f"{names} {together} at most {limit}{when}{first}."
    return f"cap.{i}", cap.reference, cap.says, sentence, "least of earned and cap", limit


def net_rule(program: Program, i: str, net: SafetyNet) -> Said:
    who = f" if {need_words(program, net.when)}" if net.when else ""
    sentence = (
        f"If {earning_names(program, net.of)} of a {net.every} are below {amounts_words(program, net.at_least)}, "
        f"the difference is paid{who}."
    )
    return (
        f"safety_net.{i}",
        net.reference,
        net.says,
        sentence,
        "floor − earned",
        f"{amounts_words(program, net.at_least)} a {net.every}",
    )


def holdback_rule(program: Program, i: str, rule: Holdback) -> Said:
    ends = f"at the end of {rule.release_after} {rule.release_unit}s after"
    if rule.release_after < 2:
        ends = f"at the end of the {rule.release_unit}" + " after" * rule.release_after
    sum_ = f", of the sum of each {rule.every}," if rule.every else ""
    condition = ""
    if rule.when is not None:
        other = "it is forfeited" if rule.otherwise == "forfeit" else "it is released all the same"
        condition = f" if {need_words(program, rule.when)}; otherwise {other}"
    what = f"{percent_words(rule.share)} of {earning_names(program, rule.of)}{sum_}"
    sentence = f"{what} is held and released {ends}{condition}."
    return (
        f"holdback.{i}",
        rule.reference,
        rule.says,
        sentence,
        f"earned × {percent_words(rule.share)}",
        percent_words(rule.share),
    )

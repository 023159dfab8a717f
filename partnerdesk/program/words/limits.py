"""Caps, safety nets, holdbacks and clawbacks in words."""

from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Cap, Clawback, Earning, Holdback, Program, SafetyNet
from partnerdesk.program.words.phrases import Said, amounts_words, earning_names, need_words


def clawback_rule(program: Program, name: str, i: int, rule: Earning, clawback: Clawback) -> Said:
    cause = "the customer leaves" if clawback.cause == "churned" else "a payment is refunded"
    how = "all of it" if clawback.shape == "full" else "the share of the window that is not over"
    if clawback.cause == "refunded":
        how = "the refunded share"
    sentence = (
        f"If {cause} within {clawback.within_months} months, {how} of what was earned as {rule.says.lower()} is clawed "
        "back: first from what is not yet vested, then from what is held, then from what was payable."
    )
    title = f"Clawback of {rule.says.lower()}"
    key = f"earning.{name}.clawback.{i}"
    return key, clawback.reference, title, sentence, f"earned × {how}", f"{clawback.within_months} months"


def cap_rule(program: Program, i: str, cap: Cap) -> Said:
    first = f"; what exceeds it is cut from {earning_names(program, cap.cut)} first" if cap.cut else ""
    sentence = (
        f"{earning_names(program, cap.of).capitalize()} together are at most {amounts_words(program, cap.at_most)} "
        f"a {cap.every}{first}."
    )
    return (
        f"cap.{i}",
        cap.reference,
        cap.says,
        sentence,
        "least of earned and cap",
        f"{amounts_words(program, cap.at_most)} a {cap.every}",
    )


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
    condition = ""
    if rule.when is not None:
        other = "it is forfeited" if rule.otherwise == "forfeit" else "it is released all the same"
        condition = f" if {need_words(program, rule.when)}; otherwise {other}"
    sentence = (
        f"{percent_words(rule.share)} of {earning_names(program, rule.of)} is held and released {ends}{condition}."
    )
    return (
        f"holdback.{i}",
        rule.reference,
        rule.says,
        sentence,
        f"earned × {percent_words(rule.share)}",
        percent_words(rule.share),
    )

"""Vesting and clawback in words: when a line is payable, on what condition, and when it is taken back."""

from collections.abc import Sequence

from partnerdesk.engine.asking import need_words
from partnerdesk.engine.money import ONE
from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Clawback, Earning, Program, Vest
from partnerdesk.engine.vesting import is_immediate, vest_words
from partnerdesk.program.words.phrases import Said

_CAUSES = {
    "churned": "the customer leaves",
    "refunded": "a payment is refunded",
    "contracted": "the customer renews for less",
    "unpaid": "an invoice is written off",
}
_PARTS = {
    "churned": "all",
    "refunded": "the refunded share",
    "contracted": "the share that is lost",
    "unpaid": "the share that is written off",
}
OTHERWISE = {"forfeit": "is forfeited", "release": "is released all the same"}


def vests_sentence(program: Program, vests: Sequence[Vest]) -> str:
    """The sentence that follows an earning; none where all of it is payable at once."""
    if all(is_immediate(v) for v in vests):
        return ""
    shares = " and ".join(f"{percent_words(v.share)} {_payable(program, v)}" for v in vests)
    return f". {shares[:1].upper()}{shares[1:]}"


def vests_table(vests: Sequence[Vest]) -> str:
    """The shares with what each waits for."""
    return ", ".join(f"{percent_words(v.share)} {vest_words(v)}{_parts_words(v)}" for v in vests)


def _payable(program: Program, vest: Vest) -> str:
    is_later = vest.after_months or vest.after_days
    verb = "is payable" if vest.at == "event" else "becomes payable" if is_later else "becomes payable on"
    conditions = []
    if vest.if_active:
        conditions.append("the customer's contract has not ended by then")
    if vest.when is not None:
        late = f" then or at the end of a later period within {vest.within_months} months" if vest.within_months else ""
        conditions.append(f"{need_words(program, vest.when)}{late}")
    condition = f", if {' and '.join(conditions)}" if conditions else ""
    is_open = bool(conditions) or vest.within_months is not None
    other = f"; otherwise it {OTHERWISE[vest.otherwise]}" if is_open else ""
    return f"{verb} {vest_words(vest)}{_parts_words(vest)}{condition}{other}"


def _parts_words(vest: Vest) -> str:
    return f", in {vest.parts} equal parts a month apart" if vest.parts > 1 else ""


def clawback_rule(program: Program, name: str, i: int, rule: Earning, clawback: Clawback) -> Said:
    """When what an earning paid is taken back, how much of it, and from where first."""
    window = _window_words(clawback)
    how = _how_words(clawback)
    full = f" (all of that up to {clawback.full_days} days after the event)" if clawback.full_days else ""
    sentence = (
        f"If {_CAUSES[clawback.cause]}{' ' * bool(window)}{window}, {how} of what was earned as {rule.says.lower()} is "
        f"clawed back{full}: first from what is not yet vested, then from what is held, then from what was payable."
    )
    title = f"Clawback of {rule.says.lower()}"
    key = f"earning.{name}.clawback.{i}"
    numbers = "; ".join(filter(None, (window.removeprefix("within ") or "without end", _steps_words(clawback))))
    return key, clawback.reference, title, sentence, f"paid × {how}", numbers


def _window_words(clawback: Clawback) -> str:
    if clawback.within_days is not None:
        return f"within {clawback.within_days} days"
    return "" if clawback.within_months is None else f"within {clawback.within_months} months"


def _how_words(clawback: Clawback) -> str:
    part, shape = _PARTS[clawback.cause], ""
    match clawback.shape:
        case "linear":
            shape = "the share of the window that is not over"
        case "steps":
            shape = f"a share by the time since ({_steps_words(clawback)})"
        case "contract":
            shape = "the share of the contract's term that is left"
    words = [part] if clawback.cause != "churned" or not shape else []
    words += [shape] if shape else []
    if clawback.share != ONE:
        words.insert(0, percent_words(clawback.share))
        words = [w for w in words if w != "all"]
    return ", times ".join(words)


def _steps_words(clawback: Clawback) -> str:
    return ", ".join(f"from day {s.from_days} {percent_words(s.share)}" for s in clawback.steps)

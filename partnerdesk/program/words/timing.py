"""Vesting and clawback in words: when a line is payable, on what condition, and when it is taken back."""

from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.money import ONE
from partnerdesk.engine.rules import Clawback, Earning, Program, Vest
from partnerdesk.engine.settling.vesting import PERIOD_ENDS, is_immediate, vest_words
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.triggers import PERIOD_END
from partnerdesk.engine.world.where_words import tests_words
from partnerdesk.program.words.naming import inside, many
from partnerdesk.program.words.phrases import Said

_CAUSES = {
    "churned": "the customer leaves",
    "refunded": "a payment is refunded",
    "contracted": "the customer renews for less",
    "unpaid": "an invoice is written off",
    "clawed back": "the line it is paid on is clawed back",
}
_PARTS = {
    "refunded": "the refunded share",
    "contracted": "the share that is lost",
    "unpaid": "the share that is written off",
    "clawed back": "the same share",
}
OTHERWISE = {"forfeit": "is forfeited", "release": "is released all the same"}


def vests_sentence(program: Program, rule: Earning) -> str:
    """The sentence that follows an earning; none where all of it is payable at once."""
    vests = rule.vests
    if all(is_immediate(v) and v.parts == 1 for v in vests):
        return ""
    whole = len(vests) == 1 and vests[0].share == ONE
    shares = " and ".join(f"{'it' if whole else percent_words(v.share)} {_payable(program, rule, v)}" for v in vests)
    return f". {shares[:1].upper()}{shares[1:]}"


def vests_table(rule: Earning) -> str:
    """The shares with what each waits for."""
    vests = rule.vests
    whole = len(vests) == 1 and vests[0].share == ONE
    return ", ".join(f"{'' if whole else f'{percent_words(v.share)} '}{_on(rule, v)}" for v in vests)


def _on(rule: Earning, vest: Vest) -> str:
    is_end = vest.at in PERIOD_ENDS and not (vest.after_months or vest.after_days or vest.on_day)
    return f"{'at ' * is_end}{_when_words(rule, vest)}"


def _when_words(rule: Earning, vest: Vest) -> str:
    """When a share is payable, with its instalments; of those that begin with the event, only the first is at once."""
    if vest.parts == 1:
        return _awaited(rule, vest)
    apart = "a month" if vest.apart_months == 1 else many(vest.apart_months, "month")
    if _is_at_event(vest):
        others = "the other" if vest.parts == 2 else "then each"
        return f"in {vest.parts} equal parts, the first at once, {others} {apart} later"
    return f"{_awaited(rule, vest)}, in {vest.parts} equal parts {apart} apart"


def _is_at_event(vest: Vest) -> bool:
    """Whether a share falls due with the event itself, whatever else it is subject to."""
    return vest.at == "event" and not (vest.after_months or vest.after_days) and vest.on_day is None


def _awaited(rule: Earning, vest: Vest) -> str:
    """What a share waits for; the event of a period's end is called what it is."""
    words = vest_words(vest)
    return words.replace("the event", "the period's end") if rule.on == PERIOD_END else words


def _payable(program: Program, rule: Earning, vest: Vest) -> str:
    is_later, is_on_day = bool(vest.after_months or vest.after_days), vest.on_day is not None
    verb = "is payable" if _is_at_event(vest) else "becomes payable"
    if is_on_day or (vest.at != "event" and not is_later):
        verb += " at" if not is_on_day and vest.at in PERIOD_ENDS else " on"
    conditions = []
    if vest.if_active:
        conditions.append("the customer's contract has not ended by then")
    if vest.when is not None:
        late = f" then or at the end of a later period{within}" if (within := _within(vest)) else ""
        conditions.append(f"{need_words(program, vest.when)}{late}")
    condition = f", if {' and '.join(conditions)}" if conditions else ""
    is_open = bool(conditions) or bool(_within(vest))
    other = f"; otherwise it {OTHERWISE[vest.otherwise]}" if is_open else ""
    return f"{verb} {_when_words(rule, vest)}{condition}{other}"


def _within(vest: Vest) -> str:
    if vest.within_days is not None:
        return f" within {many(vest.within_days, 'day')}"
    return "" if vest.within_months is None else f" within {many(vest.within_months, 'month')}"


def clawback_rule(program: Program, name: str, i: int, rule: Earning, clawback: Clawback) -> Said:
    """When what an earning paid is taken back, how much of it, and from where first."""
    window, earned = _window_words(clawback), inside(rule.says)
    full = f" (all of that up to {many(clawback.full_days, 'day')} after the event)" if clawback.full_days else ""
    cause = f"{_CAUSES[clawback.cause]}{' ' * bool(window)}{window}{_where_words(clawback)}"
    sentence = (
        f"If {cause}, {_part_words(clawback)} was earned as {earned} is clawed back{_shape_words(clawback)}{full}: "
        f"first from what is not yet vested, then from what is held"
    )
    sentence += "; what is payable by then stays." if clawback.takes == "held" else ", then from what was payable."
    title, key = f"Clawback of {earned}", f"earning.{name}.clawback.{i}"
    steps = _steps_words(clawback) if clawback.shape == "steps" else ""
    numbers = "; ".join(filter(None, (window.removeprefix("within ") or "without limit of time", steps)))
    return key, clawback.reference, title, sentence, _formula(clawback), numbers


def _where_words(clawback: Clawback) -> str:
    """Which of such causes count; of what is read is said by the cause."""
    return f", where {tests_words(clawback.where)}" if clawback.where else ""


def _window_words(clawback: Clawback) -> str:
    if clawback.within_days is not None:
        return f"within {many(clawback.within_days, 'day')}"
    return "" if clawback.within_months is None else f"within {many(clawback.within_months, 'month')}"


def _part_words(clawback: Clawback) -> str:
    """How much of what was earned, before the shape: all of what, 50 % of what."""
    part = f"{percent_words(clawback.share)} of " if clawback.share != ONE else ""
    if clawback.cause != "churned":
        return f"{part}{_PARTS[clawback.cause]} of what"
    return f"{part}what" if part or clawback.shape != "full" else "all of what"


def _shape_words(clawback: Clawback) -> str:
    """In what measure it is taken."""
    match clawback.shape:
        case "linear":
            window = _window_words(clawback).removeprefix("within ") or "time"
            begun = ", a begun month among it" if clawback.within_days is None and clawback.within_months else ""
            full = f", counted from {many(clawback.full_days, 'day')} after the event on" if clawback.full_days else ""
            return f" in proportion to what is left of the {window}{full}{begun}"
        case "steps":
            return f" by the time since the event ({_steps_words(clawback)})"
        case "contract":
            return " in proportion to what is left of the contract's term"
        case "contract months":
            return " in proportion to the months that are left of the contract's term"
    return ""


def _formula(clawback: Clawback) -> str:
    """What is taken, as a product."""
    shape = {
        "linear": "share of the time that is left",
        "steps": "share by the time since",
        "contract": "share of the contract's term that is left",
        "contract months": "share of the contract's months that are left",
    }.get(clawback.shape, "")
    part = _PARTS[clawback.cause].removeprefix("the ") if clawback.cause != "churned" else ""
    share = percent_words(clawback.share) if clawback.share != ONE else ""
    return " × ".join(filter(None, ("paid", share, part, shape)))


def _steps_words(clawback: Clawback) -> str:
    return ", ".join(f"from day {s.from_days} {percent_words(s.share)}" for s in clawback.steps)

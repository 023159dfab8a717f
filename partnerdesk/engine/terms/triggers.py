"""What can trigger an earning: a kind of fact, its day, and what makes it this event; or the end of a period."""

from dataclasses import dataclass

from partnerdesk.engine.rules import Earning, Test, Where
from partnerdesk.engine.world.days import FREE


@dataclass(frozen=True, slots=True)
class Trigger:
    """A kind of fact, the attribute that dates the event, what makes it this event, and its words."""

    kind: str
    day: str
    where: Where
    says: str


def _is(attribute: str, *values: str) -> Where:
    return (Test(attribute=attribute, one_of=values),)


def _known(attribute: str) -> Where:
    return (Test(attribute=attribute, is_set=True),)


PERIOD_END, TIER_REACHED, LINES = "period end", "tier reached", "earning"
# The triggers that are no fact, in words.
OTHERS = {
    PERIOD_END: "a period ends",
    TIER_REACHED: "a higher tier than the one before is entered",
    LINES: "another earning pays",
}
TRIGGERS: dict[str, Trigger] = {
    "deal registered": Trigger("deal", "registered", _known("registered"), "a deal is registered"),
    "deal won": Trigger("deal", "closed", _is("status", "won"), "a deal is won"),
    "contract started": Trigger("contract", "start", _known("start"), "a contract starts"),
    "contract renewed": Trigger(
        "contract", "outcome_on", _is("outcome", "renewed", "expanded"), "a contract is renewed"
    ),
    "invoice issued": Trigger("transaction", "day", _is("kind", "invoice", "credit-note"), "an invoice is issued"),
    "payment received": Trigger("transaction", "day", _is("kind", "payment"), "a customer's payment arrives"),
    "usage reported": Trigger("transaction", "day", _is("kind", "usage"), "usage is reported"),
    "customer live": Trigger("deployment", "live", _known("live"), "a deployment goes live"),
    "first value": Trigger("deployment", "first_value", _known("first_value"), "a customer reaches first value"),
    "quality reviewed": Trigger("deployment", "reviewed", _known("reviewed"), "a deployment's quality is reviewed"),
    "survey answered": Trigger("survey", "day", _known("day"), "a survey is answered"),
    "certification awarded": Trigger("certification", "awarded", _known("awarded"), "a certification is awarded"),
    "activity verified": Trigger("activity", "day", _known("verified_by"), "an activity is verified"),
}


def trigger_of(rule: Earning) -> Trigger | None:
    """What fact triggers an earning: a named trigger, or any kind of fact on one of its days; None for the others."""
    if rule.trigger is not None:
        fact, day = rule.trigger.fact, rule.trigger.day
        named = day.removeprefix(FREE).replace("_", " ")
        noun = f"{'an' if fact[0] in 'aeiou' else 'a'} {fact.replace('_', ' ')}"
        says = rule.trigger.says or f"the {named} of {noun} comes"
        return Trigger(fact, day, _known(day), says)
    return TRIGGERS.get(rule.on)

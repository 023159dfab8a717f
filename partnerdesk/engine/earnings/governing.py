"""Whose rule counts for an event where versions share days or freeze rules."""

from datetime import timedelta

from partnerdesk.engine.earnings.streams import began, termed
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import KEEPS_STREAMS
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.versions import Version

_DAY = timedelta(days=1)


def governs(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> bool:
    """Whether a rule of this version is the one that counts for an event, where versions share days or freeze rules.

    The version of the event's day decides, or the one before where that is for new streams only; with `rules_as_of`
    of streams it hands the event to the version of the stream's start or latest renewal. A rule that a version has
    dropped goes on for the streams that began before, if it was frozen.
    """
    if event.fact is None:
        return True
    ruling = _ruling(reckoning, terms, event)
    before = [v for v in reckoning.terms.versions if terms.key in v.earnings and v.number <= ruling.number]
    if not before:
        return False
    last = before[-1].earnings[terms.key]
    if last.rule.rules_as_of == "event":
        return before[-1] is ruling and ruling is terms.version
    return reckoning.terms.at(termed(reckoning, last, event, last.rule.rules_as_of)) is terms.version


def has_no_rule(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> bool:
    """Whether the rule of the event's day leaves it to a version that has no such rule."""
    at, as_of = reckoning.terms.at, terms.rule.rules_as_of
    if at(event.day) is not terms.version or as_of == "event":
        return False
    return terms.key not in at(termed(reckoning, terms, event, as_of)).earnings


def _ruling(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> Version:
    """The version that rules an event: that of its day, but one for new streams only leaves those that began before it
    to the one before.
    """
    at, oldest = reckoning.terms.at, reckoning.terms.versions[0]
    version = at(event.day)
    while version.only_new and version is not oldest:
        before = at(version.opens - _DAY)
        if began(reckoning, _keeping(reckoning, terms, before, version), event) >= version.opens:
            break
        version = before
    return version


def _keeping(reckoning: Reckoning[N], terms: EarningTerms, before: Version, version: Version) -> EarningTerms:
    """The rule that says what a stream is, and since when it is one: that of the version which keeps it, so that two
    versions never pay for an event, or none, because a stream is something else in each.
    """
    if reckoning.semantics < KEEPS_STREAMS:
        return terms
    return before.earnings.get(terms.key) or version.earnings.get(terms.key) or terms

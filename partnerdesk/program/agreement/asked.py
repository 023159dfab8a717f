"""What a rule asks of a partner, answered for one: filters and requirements reduced to what is left to be seen.

Who a partner is (its type, region, segment, name, free attributes) is settled when an agreement is made; what may
come true later (that it signed, attested, joined) stays a condition. A test that passes is told with the partner's own
value alone, so that nothing shows whom else a rule is for.
"""

from dataclasses import replace

from partnerdesk.engine.rules import Need, Test, Where
from partnerdesk.engine.world.where import check_of, compared, known_path
from partnerdesk.engine.world.world import World

# What may come true, or end, while the terms stay as they are.
LATER = frozenset(
    "agreement agreement_signed compliance_attested data_sharing_attested joined left status known_on".split()
)
# What names one partner, or leads to another one.
NAMING = frozenset("id name legal_name document_name tax_id parent owner".split())
NEVER = "a condition that is not for you"


class Asked:
    """Answers for one partner. `others` says that the events are those of other partners."""

    def __init__(self, world: World) -> None:
        self._world = world

    def where(self, tests: Where, kind: str = "", *, others: bool = False) -> Where | None:
        """What is left of a filter for this partner; None where it lets nothing of this partner pass."""
        found: list[Test] = []
        for test in tests:
            own = self._of_others(test) if others else self._own(test, kind)
            if own is None:
                return None
            found += own
        return tuple(found)

    def _own(self, test: Test, kind: str) -> Where | None:
        path = _of_partner(test.attribute, kind)
        if path is None or path.partition(".")[0] in LATER:
            return (test,)
        asked = replace(test, attribute=path)
        value = compared("partner", asked)(self._world.partner, self._world)
        if not check_of(asked)(value):
            return None
        if path.partition(".")[0] in ("parent", "owner"):
            return ()
        is_open = test.is_set is not None or value in (None, "")
        return (test,) if is_open else (Test(attribute=test.attribute, one_of=(value,)),)

    @staticmethod
    def _of_others(test: Test) -> Where:
        """Partners below this one are told apart by what they are, never by name."""
        path = _of_partner(test.attribute, "")
        return () if path is not None and path.partition(".")[0] in NAMING else (test,)

    def need(self, need: Need) -> Need | bool:
        """What is left of a requirement: whether it is settled, or the conditions that are still to be seen."""
        if need.partner:
            return self._of_partner(need)
        if need.all:
            return self._all(need)
        if need.any:
            return self._any(need)
        if need.none:
            parts = [self.need(part) for part in need.none]
            left = tuple(part for part in parts if isinstance(part, Need))
            return False if True in parts else replace(need, none=left) if left else True
        return self._some(need) if need.of else need

    def _of_partner(self, need: Need) -> Need | bool:
        own = self.where(need.partner, "partner")
        if own is None:
            return False
        left = tuple(test for test in own if test.attribute.partition(".")[0] in LATER)
        return replace(need, partner=left) if left else True

    def _all(self, need: Need) -> Need | bool:
        parts = [self.need(part) for part in need.all]
        left = tuple(part for part in parts if isinstance(part, Need))
        return False if False in parts else _group(replace(need, all=left), left)

    def _any(self, need: Need) -> Need | bool:
        parts = [self.need(part) for part in need.any]
        left = tuple(part for part in parts if isinstance(part, Need))
        return True if True in parts else _group(replace(need, any=left), left) if left else False

    def _some(self, need: Need) -> Need | bool:
        parts = [self.need(part) for part in need.of]
        left = tuple(part for part in parts if isinstance(part, Need))
        some = need.some - sum(part is True for part in parts)
        if some <= 0:
            return True
        return replace(need, of=left, some=some) if len(left) >= some else False

    def condition(self, need: Need | None) -> Need | None:
        """A requirement in a place that says something either way: none where it is met, never where it cannot be."""
        if need is None:
            return None
        found = self.need(need)
        if found is True:
            return None
        return Need(says=NEVER) if found is False else found


def _group(need: Need, left: tuple[Need, ...]) -> Need | bool:
    """A group of what is left: nothing is settled, one alone needs no brackets."""
    if len(left) == 1 and not need.says and need.for_periods == 1:
        return left[0]
    return need if left else True


def _of_partner(path: str, kind: str) -> str | None:
    """The attribute of a partner that a path leads to: `deal.partner.type` gives type; None for any other path."""
    if kind == "partner":
        return path
    steps = path.split(".")
    if "partner" not in steps:
        return None
    rest = ".".join(steps[steps.index("partner") + 1 :]) or "id"
    return rest if known_path("partner", rest) else None

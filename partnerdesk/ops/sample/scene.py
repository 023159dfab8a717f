"""Who and what the texts of one partner may name: its people, its customers, and the dice that choose among them."""

from collections.abc import Mapping
from dataclasses import dataclass

from partnerdesk.ops.sample.cast import Profile
from partnerdesk.ops.sample.dice import Dice


@dataclass(frozen=True, slots=True)
class Scene:
    """Who and what a partner's texts may name."""

    profile: Profile
    lead: str
    delivery: str
    sponsor: str
    manager: str
    customers: tuple[str, ...]
    dice: Dice
    ids: Mapping[str, str]  # of customers, by name

    @property
    def id(self) -> str:
        return self.profile.partner.id

    def say(self, text: str) -> str:
        """The text with two of the partner's customers and its people in it."""
        one, other = self.dice.some(self.customers, 2)
        slots = {"customer": one, "other": other, "lead": self.lead, "delivery": self.delivery}
        slots |= {"manager": self.manager, "partner": self.profile.partner.name, "sector": "public services"}
        for slot, value in slots.items():
            text = text.replace("{" + slot + "}", value)
        return text

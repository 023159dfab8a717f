"""Whose something in a plan document is."""

from typing import Literal

Side = Literal["vendor", "partner", "customer"]

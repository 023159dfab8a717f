"""Packs that tests of the pack share."""

import pytest

from partnerdesk.reports.pack.data import Appendix, Meeting, NextSteps, PackData
from tests.reports.pack.world import pack


@pytest.fixture
def bare() -> PackData:
    """A partner about whom nothing is known yet."""
    return pack(
        figures=(),
        wins=(),
        asks=(),
        agenda=(),
        commitments=(),
        score=None,
        earnings=None,
        renewals=(),
        pipeline=None,
        outlook=None,
        next=NextSteps(),
        appendix=Appendix(),
        meeting=Meeting(),
    )

"""What a held review froze is read by every later version: no field of a record goes, and new ones may lack."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from partnerdesk.engine.restore import restore
from partnerdesk.ops.joint.review_record import canonical_pack
from partnerdesk.reports.pack import data
from partnerdesk.reports.pack.data import PackData
from tests.reports.pack.world import pack

# The fields that the rows of a pack had when the first records were kept.
FIRST: dict[str, list[str]] = json.loads((Path(__file__).parent / "kept_packs.json").read_text(encoding="utf-8"))


def test_no_field_of_a_record_is_renamed_and_new_ones_have_a_default() -> None:
    for name, known in FIRST.items():
        now = {field.name: field for field in fields(getattr(data, name))}
        assert set(known) <= set(now), f"{name} lost {sorted(set(known) - set(now))}, which records hold"
        for new in set(now) - set(known):
            assert now[new].default is not MISSING or now[new].default_factory is not MISSING, f"{name}.{new}"


def test_a_record_of_the_first_shape_is_read() -> None:
    made = pack()
    old = first_shape(made, json.loads(canonical_pack(made))["pack"])
    assert restore(PackData, old).commitments == made.commitments


def first_shape(value: Any, raw: Any) -> Any:
    """The canonical form of a value without the fields that came later."""
    if type(value).__name__ in FIRST:
        return {name: first_shape(getattr(value, name), raw[name]) for name in FIRST[type(value).__name__]}
    if isinstance(value, tuple):
        return [first_shape(one, plain) for one, plain in zip(value, raw, strict=True)]
    if isinstance(value, Mapping):
        return {key: first_shape(one, raw[key]) for key, one in value.items()}
    return raw

"""Which columns of the facts are personal data: the history keeps their values apart, where they can be erased.

Plans and reviews say it of their own tables.
"""

from partnerdesk.models.base import personal
from partnerdesk.models.facts import TABLES, source_row

_person = TABLES["person"].c
personal(_person.name, _person.email, _person.phone, TABLES["certification"].c.person)
personal(TABLES["dispute"].c.raised_by)
personal(source_row.c.raw)  # the cells as they were read: whatever the file held

"""The file as a thing: open it, write it in whole steps, undo, back up, check. `Store` is the way in.

Nothing outside this package begins or commits a transaction, and no object of SQLAlchemy leaves it but the `Session`
that ops and queries receive.
"""

from partnerdesk.store.file import BookInfo as BookInfo
from partnerdesk.store.file import Store as Store
from partnerdesk.store.journal import Changes as Changes
from partnerdesk.store.journal import Done as Done

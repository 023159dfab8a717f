"""From the book to a QBR pack: one partner's figures, promises and dates, gathered into `reports.pack.data`."""

from partnerdesk.ops.pack.whole import pack_data as pack_data
from partnerdesk.ops.pack.whole import pack_for_review as pack_for_review

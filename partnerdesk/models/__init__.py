"""The tables of a book: columns and constraints only. Importing this package registers every table."""

from partnerdesk.models import agreements as agreements
from partnerdesk.models import audits as audits
from partnerdesk.models import book as book
from partnerdesk.models import disputes as disputes
from partnerdesk.models import drafts as drafts
from partnerdesk.models import enablement as enablement
from partnerdesk.models import facts as facts
from partnerdesk.models import forecasts as forecasts
from partnerdesk.models import openings as openings
from partnerdesk.models import outgoing as outgoing
from partnerdesk.models import payments as payments
from partnerdesk.models import plan_blocks as plan_blocks
from partnerdesk.models import plan_sheets as plan_sheets
from partnerdesk.models import plans as plans
from partnerdesk.models import playbooks as playbooks
from partnerdesk.models import privacy as privacy
from partnerdesk.models import restatements as restatements
from partnerdesk.models import reviews as reviews
from partnerdesk.models import scenarios as scenarios
from partnerdesk.models import search as search
from partnerdesk.models import statements as statements
from partnerdesk.models import vanished as vanished
from partnerdesk.models.base import metadata as metadata

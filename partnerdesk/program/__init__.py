"""A partner program as text: read with located problems, checked, and said in plain words."""

from partnerdesk.program.reader import ProgramRead as ProgramRead
from partnerdesk.program.reader import read_program as read_program

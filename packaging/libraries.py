"""Says which shared library Qt is missing on this machine: exit 0 when none is, else 1 and the loader's words."""

import sys

from partnerdesk.ui import machine

if __name__ == "__main__":
    complaint = machine.missing_library()
    if complaint:
        print(complaint)  # set_up.sh reads it
    sys.exit(bool(complaint))

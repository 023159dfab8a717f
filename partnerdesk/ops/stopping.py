"""Work that leaves documents, and is stopped between two of them."""

from partnerdesk.errors import Cancelled
from partnerdesk.progress import Progress


def goes_on(progress: Progress, done: int, total: int, label: str = "") -> bool:
    """Says how far the work is; whether it goes on. For work that leaves whole what it has made when it is stopped."""
    try:
        progress.step(done, total, label)
    except Cancelled:
        return False
    return True

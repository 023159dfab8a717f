"""Closing the window while documents are being written: those under way become whole and go on record first."""

from PySide6.QtCore import QTimer

from partnerdesk.ui.window.frame import Frame

LOOK_AGAIN = 100  # milliseconds


def may_close(window: Frame) -> bool:
    """Whether nothing that leaves documents is under way. Else it is asked to end, and the window closes after it."""
    leaving = [job for job in window.desk.jobs.running if job.ends_whole]
    for job in leaving:
        if job.can_cancel and not job.is_cancelled:
            job.cancel()
    if leaving:
        window.status_bar.jobs.refresh()
        QTimer.singleShot(LOOK_AGAIN, window.close)
    return not leaving

"""Charts, one function each: `(figure, data, look)`, the same for the screen and for the page.

`figure` is a `matplotlib.figure.Figure` of any size, made by `gate.new_figure` or owned by a canvas of the window;
it is cleared and filled, never shown or saved here. `data` is a frozen row that holds values to place and texts to
print, already in the reader's locale. Each function returns the `Spot`s of its figure, so that a screen can tell
what lies under the pointer. Titles belong to whoever places the chart.
"""

from partnerdesk.reports.charts.bullets import Bullets, Component, Tier, score_bullets
from partnerdesk.reports.charts.fan import Fan, FanBand, FanPoint, earned_fan, round_ticks
from partnerdesk.reports.charts.history import History, HistoryPoint, RuleMark, Threshold, score_history
from partnerdesk.reports.charts.kept import Kept, KeptSide, kept_bars
from partnerdesk.reports.charts.outlook import Outlook, OutlookMonth, OutlookSeries, monthly_outlook
from partnerdesk.reports.charts.releases import ReleaseColumn, Releases, held_releases
from partnerdesk.reports.charts.renewal_months import RenewalColumn, RenewalMonths, renewal_months
from partnerdesk.reports.charts.renewals import RenewalDot, Timeline, leaves_names_out, renewal_timeline
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.charts.waterfall import Step, Waterfall, earnings_waterfall

__all__ = [
    "Bullets",
    "Component",
    "Fan",
    "FanBand",
    "FanPoint",
    "History",
    "HistoryPoint",
    "Kept",
    "KeptSide",
    "Outlook",
    "OutlookMonth",
    "OutlookSeries",
    "ReleaseColumn",
    "Releases",
    "RenewalColumn",
    "RenewalDot",
    "RenewalMonths",
    "RuleMark",
    "Spot",
    "Step",
    "Threshold",
    "Tier",
    "Timeline",
    "Waterfall",
    "earned_fan",
    "earnings_waterfall",
    "held_releases",
    "kept_bars",
    "leaves_names_out",
    "monthly_outlook",
    "renewal_months",
    "renewal_timeline",
    "round_ticks",
    "score_bullets",
    "score_history",
]

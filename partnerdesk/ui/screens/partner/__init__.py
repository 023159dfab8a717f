"""The tabs of one partner: Overview, Progress, Earnings, Plan, History. `ui.screens.partners` holds them."""

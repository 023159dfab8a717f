"""What may come, at a terminal: forecasts and their record, what-ifs, paths, and what one deal is worth."""

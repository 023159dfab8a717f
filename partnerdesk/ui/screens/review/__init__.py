"""The builder of one review: outline, live pages, the lists behind them, and what still lacks."""

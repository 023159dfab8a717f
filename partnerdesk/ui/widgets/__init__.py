"""Controls of our own: plain text by default, painted from the theme's tokens, named for a screen reader."""

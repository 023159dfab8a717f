"""The window: screens, dialogs, widgets and what they share. Computes nothing and knows no database."""

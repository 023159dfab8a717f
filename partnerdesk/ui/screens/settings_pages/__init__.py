"""Parts of the settings that are pages of their own."""

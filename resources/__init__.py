"""What ships beside the code: fonts, icons, themes, program templates, word lists of the sample book. No code."""

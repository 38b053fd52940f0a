"""Pure rules: frozen data and functions of (data, now). Standard library and bot.errors alone."""

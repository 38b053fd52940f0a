"""For whoever runs the bot: figures, health and the checks of `doctor`. Nothing a member sees, and no text of theirs."""

"""StepForward: the program. It holds no slash command; those live in cogs/."""

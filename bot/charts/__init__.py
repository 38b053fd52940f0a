"""Pictures of numbers: drawn by one process of their own, so that nobody waits for them. It is told no id and no name."""

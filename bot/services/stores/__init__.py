"""The shapes of the stores, one module per feature. bot/storage has the real ones; nothing here runs."""

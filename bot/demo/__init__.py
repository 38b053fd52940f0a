"""The demo without a token: a seeded study group in a browser."""

"""Settings, content and words, read once and passed down."""

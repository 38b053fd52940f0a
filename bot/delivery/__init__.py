"""The one place that sends messages by itself, and the clockwork that makes it do so."""

"""The bot as a process of its own, against the stand-in: killed, refused, cut off, locked out and told twice."""

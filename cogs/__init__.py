"""Slash commands and buttons, one small package per feature."""

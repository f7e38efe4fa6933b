"""Checks over what was read, before any page is made."""

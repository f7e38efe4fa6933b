"""Starter files, and bringing in what an organiser has already."""

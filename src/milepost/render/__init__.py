"""From what was read to the bytes of pages and feeds. Nothing here knows Pelican."""

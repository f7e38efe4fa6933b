"""The site on this machine, rebuilt as its files change."""

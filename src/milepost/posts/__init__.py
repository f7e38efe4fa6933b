"""Posts and pages: read, dated, grouped, and their links."""

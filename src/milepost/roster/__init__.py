"""The sponsor list: read, judged by day, and set out as walls."""

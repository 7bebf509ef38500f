"""File formats and wires: what comes in from files and feeds, and goes out. Knows no page."""

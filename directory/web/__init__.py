"""Pages: one module per page family. Get, ask, render; nothing here writes."""

"""The REST API: one module per noun. Reads the same querysets and the same filter as the pages."""

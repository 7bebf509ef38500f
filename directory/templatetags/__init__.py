"""How a value looks in a template."""

"""How things of accounts are drawn."""

"""Networks: what they say, care for and approve."""

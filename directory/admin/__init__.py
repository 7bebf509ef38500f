"""The editors' door: lists, forms and buttons over the actions."""

"""The one shape of a listing: its fields, validation, difference. Knows no URL, form or file format."""

"""The directory, in eight rooms. Imports fall downwards only; pyproject.toml checks it.

admin | api | web | management | templatetags   doors, strangers to each other
exchange                                        formats and wires
actions                                         one function per thing somebody can do
search | documents                              finding; the one shape of a listing
models                                          facts: tables, rules, questions about rows
"""

"""Everything that may be passed on, as files for anybody: a Frictionless Data Package, each night.

`building` writes one, `shelf` keeps them, `fresh` says when another is due and which must go.
"""

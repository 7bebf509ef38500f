"""Invented listings for measuring: plausible in their numbers, plainly examples in their words.

Only makes documents; `actions.bulk` writes them. No name, number or address here is anybody's.
"""

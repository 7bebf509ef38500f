"""Turns words, ticks or a map point into listings, counts and reasons. Knows no request and changes nothing."""

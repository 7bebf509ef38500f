"""English, day first and months in full: it reads the same on both sides of the Atlantic."""

"""Names of places one slip of the pen away: `washingon` → washington."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LEAST_LETTERS = 5  # Shorter names are one slip away from too many others.
MOST_LETTERS = 30


def one_slip_away(name: str) -> set[str]:
    """Every text that a folded name turns into by one letter more, less, other, or two swapped.

    Some 53 texts a letter: few enough to be looked up in one query. Empty for names that are too
    short or too long to be guessed at.
    """
    if not LEAST_LETTERS <= len(name) <= MOST_LETTERS:
        return set()
    cuts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    dropped = {start + rest[1:] for start, rest in cuts if rest}
    swapped = {start + rest[1] + rest[0] + rest[2:] for start, rest in cuts if len(rest) > 1}
    other = {start + letter + rest[1:] for start, rest in cuts if rest for letter in LETTERS}
    added = {start + letter + rest for start, rest in cuts for letter in LETTERS}
    return (dropped | swapped | other | added) - {name}

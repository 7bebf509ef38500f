"""Files of listings: exports of a search, nightly dumps, the pages that lead to them."""

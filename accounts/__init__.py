"""People who sign in. Knows nothing of the directory."""

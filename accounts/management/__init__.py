"""What an operator types about people."""

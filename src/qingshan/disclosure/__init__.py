"""What the public sees of a plan, and what it answers (公开)."""

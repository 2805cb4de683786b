"""What people enter about money."""

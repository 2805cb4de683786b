"""What people enter about public pages and feedback."""

"""Pages: logging in, one's own account, and the administration of users, roles, districts, departments."""

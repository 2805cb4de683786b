"""Commands of the workflow room."""

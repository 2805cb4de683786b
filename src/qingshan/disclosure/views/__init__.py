"""Pages of this room: for everybody, and at the desk."""

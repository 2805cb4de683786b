"""The pages of the room, by what a reviewer does."""

"""The pages of this room, by what people come for."""

"""Tables out of text: where they lie, what their cells are, which column means what."""

"""Commands of the fictional county."""

"""`Flow` as rooms above know it; it lives in the kernel, because rooms below this one need it too."""

from qingshan.kernel.flow import Flow, IllegalMove

__all__ = ["Flow", "IllegalMove"]

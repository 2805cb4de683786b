"""Accepted findings as a plan pack: the shape in which the ledger takes in what a text says."""

from qingshan.intake.packing.build import IncompletePack, Packed, build
from qingshan.intake.packing.files import write_pack

__all__ = ["IncompletePack", "Packed", "build", "write_pack"]

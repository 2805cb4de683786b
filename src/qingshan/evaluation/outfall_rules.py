"""Classes of outfalls and what must be asked for before one is set up (入河入海排污口)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis
from qingshan.standards.public import NoSuchValue

__all__ = ["OutfallClass", "OutfallRules", "Procedure"]


class Procedure(StrEnum):
    """What must be asked for before an outfall into a river is set up, moved or enlarged."""

    APPROVAL = "approval"
    REGISTRATION = "registration"

    @property
    def label(self) -> str:
        """The word of the order."""
        return "审批" if self is Procedure.APPROVAL else "登记"


@dataclass(frozen=True, slots=True)
class OutfallClass:
    """Place of an outfall in the classes: first, second and, where there is one, third level."""

    first: str
    second: str
    third: str
    basis: Basis


class OutfallRules(DatedRules):
    """The classes of outfalls (HJ 1312), the order on outfalls into rivers, the steps of work."""

    STANDARDS = {
        "classes": "HJ 1312",
        "procedures": "入河排污口监督管理办法",
        "steps": "加强入河入海排污口监督管理",
    }
    SHIPPED = {"classes": "HJ 1312-2023", "procedures": "生态环境部令第35号", "steps": "国办函〔2022〕17号"}

    def classify(self, kind: str) -> OutfallClass:
        """Return the place of a kind of outfall, named at its second or third level.

        Raises
        ------
        NoSuchValue
            No level has this name; the message lists those there are.
        UnverifiedValue
            The class is not verified, and that is not allowed.
        """
        rules = self.rulebook("classes")
        third = rules.cells("third_level", kind=kind)
        second = rules.cells("second_level", kind=third[0].value if third else kind)
        if not second:
            known = "、".join(cell.keys["kind"] for cell in rules.cells("second_level"))
            raise NoSuchValue(f"{kind!r} is no class of outfalls in {rules.code}; known are {known}")
        basis = rules.verdict_basis(*third, *second, allow_unverified=self.allow_unverified)
        return OutfallClass(str(second[0].value), second[0].keys["kind"], kind if third else "", basis)

    def procedure(self, kind: str) -> tuple[Procedure, Basis]:
        """Return what must be asked for before an outfall into a river of this kind is set up."""
        found, rules = self.classify(kind), self.rulebook("procedures")
        cells = rules.cells("approval")
        listed = any(cell.keys["kind"] == found.second for cell in cells)
        basis = rules.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return Procedure.APPROVAL if listed else Procedure.REGISTRATION, found.basis | basis

    def remediation_kinds(self) -> dict[str, str]:
        """The ways to remediate an outfall, by their key."""
        return {cell.keys["kind"]: str(cell.value) for cell in self.rulebook("steps").cells("remediation")}

"""Columns that hold more than text and numbers: states, exact decimals, typed targets, quantities."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.plans.targets import (
    Quantity,
    Typed,
    quantity_from,
    quantity_in_words,
    typed_from,
    typed_in_words,
    written_quantity,
    written_typed,
)

E = TypeVar("E", bound=models.TextChoices)

if TYPE_CHECKING:
    _DecimalBase = models.CharField[Decimal | int | None, Decimal | None]
    _TypedBase = models.JSONField[Typed | None, Typed | None]
    _QuantitiesBase = models.JSONField[Iterable[Quantity], tuple[Quantity, ...]]
else:
    _DecimalBase, _TypedBase, _QuantitiesBase = models.CharField, models.JSONField, models.JSONField


def one_of(field: str, words: type[StrEnum] | type[models.TextChoices], table: str) -> models.CheckConstraint:
    """The constraint that a column holds a word of its enumeration and nothing else."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [str(word.value) for word in words]}),
        name=f"{table}_{field}_known",
    )


class StateField(models.CharField):  # type: ignore[type-arg]
    """A column that gives back the member of its enumeration, so that a page can show its badge."""

    def __init__(self, *args: Any, words: type[models.TextChoices], **options: Any) -> None:
        self.words = words
        options.setdefault("max_length", 32)
        options["choices"] = words.choices
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("choices", None)  # the enumeration says them; a new label is no new table
        return name, path, args, {**options, "words": self.words}

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if not value:
            return value
        try:
            return self.words(value)
        except ValueError:
            known = "、".join(f"{word.value}（{word.label}）" for word in self.words)
            raise ValidationError(
                _("“%(value)s”不是允许的值；允许的是：%(known)s。"), params={"value": value, "known": known}
            ) from None


class ExactDecimalField(_DecimalBase):
    """A decimal kept digit for digit as it was written (95.40 stays 95.40), on every database.

    SQLite would keep a number as a binary float; nothing here is summed by the database.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(*args, **options)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(_("“%(value)s”不是数值。"), params={"value": value}) from None
        if not found.is_finite():
            raise ValidationError(_("“%(value)s”不是数值。"), params={"value": value})
        return found

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))

    def get_prep_value(self, value: Any) -> str | None:
        if isinstance(value, float):
            raise TypeError(f"{value!r} is a binary float; give a Decimal or an int")
        found = self.to_python(value)
        return None if found is None else format(found, "f")


class TypedField(_TypedBase):
    """A typed target, stored as plain data."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _read(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return _read(value)

    def validate(self, value: Any, model_instance: Any) -> None:
        if value is None and self.null:
            return
        if not isinstance(value, Typed):
            raise ValidationError(_("“%(value)s”不是类型化的目标。"), params={"value": value})

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(written_typed(value) if isinstance(value, Typed) else value)

    def value_to_string(self, obj: Any) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def shown(self, value: Typed) -> str:
        """How the history of a record shows it."""
        return typed_in_words(value)


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    try:
        return typed_from(value)
    except (KeyError, ValueError) as error:
        raise ValidationError(_("“%(value)s”不是类型化的目标。"), params={"value": value}) from error


class QuantitiesField(_QuantitiesBase):
    """Physical quantities of a project, stored as plain data."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", tuple)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.to_python(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return tuple(one if isinstance(one, Quantity) else quantity_from(one) for one in value)
        return value

    def validate(self, value: Any, model_instance: Any) -> None:
        if not isinstance(value, tuple):
            raise ValidationError(_("“%(value)s”不是工程量。"), params={"value": value})

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            value = [written_quantity(one) if isinstance(one, Quantity) else one for one in value]
        return super().get_prep_value(value)

    def value_to_string(self, obj: Any) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def shown(self, value: Iterable[Quantity]) -> str:
        """How the history of a record shows them."""
        return "；".join(quantity_in_words(one) for one in value)

"""Facts against their columns, and running numbers. Only the actions of this room use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Length

from qingshan.funds.errors import BadFunds, StaleFunds

M = TypeVar("M", bound=models.Model)
_TRIES = 5


def checked(model: type[models.Model], facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return some facts as their columns hold them.

    Raises
    ------
    BadFunds
        Each field that does not hold what it may, under its label.
    """
    wanted = tuple(names)
    probe = model(**{name: facts[name] for name in wanted if name in facts})
    try:
        probe.clean_fields(exclude=[field.name for field in model._meta.fields if field.name not in wanted])
    except ValidationError as error:
        raise BadFunds({label(model, name): told for name, told in error.message_dict.items()}) from None
    return {name: getattr(probe, name) for name in wanted}


def label(model: type[models.Model], name: str) -> str:
    """Return what a column is called at the form."""
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def numbered(model: type[M], begin: str, make: Callable[[str], M]) -> M:
    """Enter a record under the next number behind a beginning; two writers at once both get one.

    Raises
    ------
    StaleFunds
        Others were faster, again and again.
    """
    table: Any = model
    for _try in range(_TRIES):
        # the longer one is the higher one: as text, 9999 would stay above 10000
        codes = table.objects.filter(code__startswith=begin).order_by(Length("code").desc(), "-code")
        last = codes.values_list("code", flat=True).first()
        number = int(last.rpartition("-")[2]) + 1 if last else 1
        try:
            with transaction.atomic():
                return make(f"{begin}{number:04d}")
        except IntegrityError:
            continue
    raise StaleFunds(begin)

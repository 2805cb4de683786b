"""The ledger as an interface for programs: read all one may see, write values and progress.

Rights, history and review are those of the pages, because the same queries and actions answer.
"""

from __future__ import annotations

from ninja import NinjaAPI

from qingshan.plans.api.problems import install_problems
from qingshan.plans.api.reading import router as reading
from qingshan.plans.api.tokens import TokenAuth
from qingshan.plans.api.writing import router as writing

__all__ = ["install"]


def install(api: NinjaAPI) -> None:
    """Put the ledger's routes and the house's form of errors into an API."""
    auth = TokenAuth()
    api.add_router("", reading, auth=auth)
    api.add_router("", writing, auth=auth)
    install_problems(api)

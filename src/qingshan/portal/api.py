"""The root of the API: every room's router under ``/api/v1``, one description, tokens per person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from ninja import NinjaAPI, Swagger

from qingshan import __version__
from qingshan.plans.api import install as install_plans

api = NinjaAPI(
    title="青山 API",
    version=__version__,
    description="规划台账的读取与填报。用“个人资料与安全”页生成的令牌：`Authorization: Bearer 令牌`。",
    urls_namespace="api",
    docs=Swagger(),
    docs_url="/docs",
    docs_decorator=login_required,
)
install_plans(api)


def described() -> dict[str, Any]:
    """Return the OpenAPI description, for the handbook's test."""
    return dict(api.get_openapi_schema())

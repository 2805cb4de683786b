"""The frame of every page: health, headers, language, errors, patterns."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_it_answers_when_the_database_does(self, client: Client) -> None:
        response = client.get("/health")
        assert response.status_code == 200
        assert response.json()["status"] == "ok"

    def test_it_says_when_the_database_does_not(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise DatabaseError("gone")

        monkeypatch.setattr(connection, "cursor", broken)
        assert client.get("/health").status_code == 503


class TestHeaders:
    def test_no_page_runs_foreign_or_inline_scripts(self, client: Client) -> None:
        policy = client.get("/health").headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert client.get("/health").headers["X-Content-Type-Options"] == "nosniff"


class TestLanguage:
    def test_the_choice_is_kept_and_leads_back(self, client: Client) -> None:
        response = client.post("/language", {"language": "en", "next": "/plans/"})
        assert response["Location"] == "/plans/"
        assert client.cookies["django_language"].value == "en"

    def test_an_unknown_language_and_a_foreign_address_are_refused(self, client: Client) -> None:
        response = client.post("/language", {"language": "xx", "next": "https://elsewhere.invalid"})
        assert response["Location"] == "/"
        assert "django_language" not in client.cookies


class TestPatterns:
    def test_the_page_of_patterns_is_closed_outside_development(self, client: Client) -> None:
        assert client.get("/patterns").status_code == 404

"""Every page carries the content policy; what is no page goes without."""

from typing import Any

from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def test_a_page_lets_nothing_foreign_run(client: Client) -> None:
    for path in ("/bantuan", "/masuk", "/tidak-ada"):
        assert set(client.get(path)["Content-Security-Policy"].split("; ")) == POLICY


def test_what_is_no_page_goes_without(client: Client) -> None:
    for path in ("/saya.json", "/saya"):
        assert "Content-Security-Policy" not in client.get(path)


def test_every_answer_says_what_may_be_done_with_it(client: Client) -> None:
    for path in ("/bantuan", "/saya.json", "/saya", "/tidak-ada"):
        answer = client.get(path)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer


def test_who_came_by_https_is_kept_there(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    assert client.get("/bantuan", secure=True)["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in client.get("/bantuan")

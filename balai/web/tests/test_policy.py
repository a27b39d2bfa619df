"""Every page carries the content policy; what is no page goes without."""

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

"""Headers that every answer has, whichever way it goes."""

from typing import Final

from django.conf import settings

EXPOSED: Final = "Cache-Tag, Content-Language, Deprecation, ETag, Link, Retry-After, Sunset"


def headers_of_every_answer() -> dict[str, str]:
    """The headers of Django's middleware, and leave to read the answer from any origin."""
    return {
        **headers_of_middleware(),
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": EXPOSED,
    }


def headers_of_middleware() -> dict[str, str]:
    """The headers that Django's middleware adds, for an answer that does not pass it."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    if settings.SECURE_HSTS_SECONDS:
        parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
        if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
            parts.append("includeSubDomains")
        if settings.SECURE_HSTS_PRELOAD:
            parts.append("preload")
        headers["Strict-Transport-Security"] = "; ".join(parts)
    return headers

"""What every page knows of the site."""

from django.conf import settings
from django.http import HttpRequest

from investreview.core import clock


def site(request: HttpRequest) -> dict[str, object]:
    """Product name, source link, language switch, and the time the demonstration bar shows."""
    is_demonstration = settings.ALLOW_DEMONSTRATION and clock.is_demonstration()
    return {
        "product_name": settings.PRODUCT_NAME,
        "source_url": settings.SOURCE_URL,
        "has_language_switch": settings.LANGUAGE_SWITCH,
        "languages": settings.LANGUAGES,
        "demonstration_now": clock.now() if is_demonstration else None,
    }

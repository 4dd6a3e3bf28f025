"""Which device and browser a person signed in with, in words they recognise. Pure: a browser's own name in, words out.

What a browser says of itself can be wrong or invented: it helps a person to recognise a session, nothing else.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The first part that is found counts: browsers built on another name it too.
_SYSTEMS: tuple[tuple[str, str], ...] = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("UOS", "UOS"),
    ("Kylin", "Kylin"),
    ("Linux", "Linux"),
)
_BROWSERS: tuple[tuple[str, str | Promise], ...] = (
    ("MicroMessenger", _("微信")),
    ("QQBrowser", _("QQ 浏览器")),
    ("QIHU", _("360 浏览器")),
    ("360SE", _("360 浏览器")),
    ("360EE", _("360 浏览器")),
    ("MetaSr", _("搜狗浏览器")),
    ("UOSBrowser", _("UOS 浏览器")),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_PHONES = frozenset({"HarmonyOS", "Android", "iPhone"})


@dataclass(frozen=True)
class Device:
    """A device as a person speaks of it; empty where the browser does not say."""

    system: str
    browser: str

    @property
    def is_phone(self) -> bool:
        """Whether it is carried in a pocket."""
        return self.system in _PHONES

    @property
    def words(self) -> str:
        """Windows · Chrome."""
        return " · ".join(part for part in (self.system, self.browser) if part)


def device_of(agent: str) -> Device:
    """The device whose browser calls itself ``agent``."""
    return Device(system=_first(_SYSTEMS, agent), browser=_first(_BROWSERS, agent))


def _first(names: tuple[tuple[str, str | Promise], ...], agent: str) -> str:
    return next((str(name) for part, name in names if part in agent), "")

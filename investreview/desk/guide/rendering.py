"""Markdown as the guide uses it, made into a part of a page that keeps to the content security policy.

HTML in the text is shown as text. Links and pictures lead to pages and pictures of the guide and nowhere else: what
leads out of it is shown as words. Chinese inside an English page is marked as Chinese.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Written:
    """A page: its title, its body, and which pictures it shows."""

    title: str
    body: SafeString
    pictures: tuple[str, ...]


def written(text: str) -> Written:
    """The page that ``text`` says; its first heading is the title."""
    tokens = PARSER.parse(text)
    title, body = tokens[1].content, tokens[3:]
    pictures = [_stem(part.attrs["src"]) for token in body for part in token.children or () if part.type == "image"]
    return Written(title=title, body=_safe("".join(_block(token) for token in body)), pictures=tuple(pictures))


def _safe(text: str) -> SafeString:
    """``text`` as part of a page: all of it came through the functions below, which escape what was written."""
    return mark_safe(text)  # noqa: S308


def _block(token: Token) -> str:
    """One piece of the page."""
    if token.type == "inline":
        return _inline(token.children or ())
    if token.type in ("fence", "code_block"):
        return f"<pre><code>{_words(token.content)}</code></pre>\n"
    if token.hidden:
        return ""
    return _tag(token) + ("\n" if token.nesting < 1 else "")


def _tag(token: Token) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>"
    extra = {"table": ' class="ir-table"', "th": ' scope="col"'}.get(token.tag, "")
    return f"<{token.tag}{extra}>"


def _inline(parts: Sequence[Token]) -> str:
    """The words of a line with what is stressed, linked or shown in it."""
    said: list[str] = []
    is_linked: list[bool] = []
    for part in parts:
        if part.type == "text":
            said.append(_words(part.content))
        elif part.type == "code_inline":
            said.append(f"<code>{_words(part.content)}</code>")
        elif part.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif part.type == "image":
            said.append(_image(part))
        elif part.type == "link_open":
            address = _address(str(part.attrs["href"]))
            is_linked.append(bool(address))
            said.append(f'<a class="ir-link" href="{address}">' if address else "")
        elif part.type == "link_close":
            said.append("</a>" if is_linked.pop() else "")
        else:
            said.append(_tag(part))
    return "".join(said)


def _words(text: str) -> str:
    """Escaped; every run of Chinese says that it is Chinese, which matters on a page in another language."""
    escaped = str(conditional_escape(text))
    return HAN.sub(lambda run: f'<span lang="zh-CN">{run.group()}</span>', escaped)


def _image(part: Token) -> str:
    """The picture, which opens by itself where the page is too narrow for it."""
    source = PurePosixPath(str(part.attrs["src"]))
    address = reverse("desk:guide_picture", args=[source.parent.name, source.stem])
    shown = f'<img class="ir-shot" src="{address}" alt="{conditional_escape(part.content)}" loading="lazy">'
    return f'<a href="{address}">{shown}</a>'


def _address(href: str) -> str:
    """Where a link inside the guide leads on the site; empty for what leads out of it."""
    path = PurePosixPath(href)
    if path.name == "README.md":
        return reverse("desk:guide")
    is_page = path.suffix == ".md" and len(path.parts) == 1
    return reverse("desk:guide_page", args=[path.stem]) if is_page else ""


def _stem(source: object) -> str:
    return PurePosixPath(str(source)).stem

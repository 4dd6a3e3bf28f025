import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.text import safe_filename


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("可行性研究报告.pdf", "可行性研究报告.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\我的文档\\报告.docx", "报告.docx"),
        ("a\0b.pdf", "ab.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("a\u200bb.pdf", "ab.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("报告.pdf. . ", "报告.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        (".pdf", "pdf"),
        ("/", "未命名"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("𠮷.pdf", "𠮷.pdf"),
    ],
)
def test_safe_filename_known_names(name: str, expected: str) -> None:
    assert safe_filename(name) == expected


def test_safe_filename_long_name_keeps_its_extension() -> None:
    assert safe_filename("文" * 300 + ".pdf") == "文" * 78 + ".pdf"


def test_safe_filename_fits_the_columns_that_keep_it() -> None:
    assert safe_filename("a" * 255 + ".pdf") == "a" * 196 + ".pdf"


def test_safe_filename_long_extension_is_no_extension() -> None:
    assert safe_filename("a." + "文" * 300) == "a." + "文" * 79


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=400))
def test_safe_filename_any_name_is_safe_and_stable(name: str) -> None:
    safe = safe_filename(name)

    assert 0 < len(safe.encode()) <= 240
    assert len(safe) <= 200
    assert not set(safe) & set('/\\\0\r\n<>:"|?*')
    assert safe not in {".", ".."}
    assert safe_filename(safe) == safe

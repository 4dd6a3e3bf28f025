"""The log says where and of which kind a fault was, never what it was about."""

import logging
import sys

from investreview.settings.logs import WithoutValues


def test_a_fault_is_logged_without_its_words() -> None:
    try:
        try:
            raise KeyError("身份证 3207000000")
        except KeyError as error:
            raise ValueError("张三的电话") from error
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "fault", (), sys.exc_info())
    text = WithoutValues("%(levelname)s %(message)s").format(record)
    assert ("张三的电话" in text.replace('raise ValueError("张三的电话")', ""), "ValueError\n" in text) == (False, True)
    assert ("KeyError\n" in text, "test_logs.py" in text) == (True, True)

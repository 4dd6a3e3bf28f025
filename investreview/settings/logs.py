"""What the log may say of a fault: where it happened and of which kind, never the values it spoke of."""

import logging
import traceback
from types import TracebackType

ExceptionTriple = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """Formats a traceback without the exceptions' own words: databases and parsers put personal data into them."""

    def formatException(self, ei: ExceptionTriple) -> str:
        """The frames of the error and of what it came from, each ending in the kind of error alone."""
        error, lines = ei[1], []
        while error is not None:
            lines.append(type(error).__qualname__)
            lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)

"""Files that people send, judged by what is in them, never by their name alone."""

from investreview.core.files.inspection import FileFacts, inspect_upload
from investreview.core.files.kinds import FileKind

__all__ = ["FileFacts", "FileKind", "inspect_upload"]

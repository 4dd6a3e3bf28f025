"""A commission is founded from a reviewed file (创建文件), and again when the file has grown.

What the file names and the database lacks is added; what is there already is compared and never changed. A
contradiction refuses the whole file, naming line and place.
"""

from investreview.desk.founding.running import Founding, found

__all__ = ["Founding", "found"]

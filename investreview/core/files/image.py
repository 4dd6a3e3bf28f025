"""JPG and PNG: whole, and small enough to be shown."""

from typing import IO

from PIL import Image

from investreview.core.errors import Invalid

PIXEL_LIMIT = 80_000_000  # below the size from which Pillow warns of a decompression bomb
SIDE_LIMIT = 20_000
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError)


def inspect(file: IO[bytes]) -> None:
    """The picture can be shown; it was read at an eighth of its size.

    Raises: Invalid (file_damaged, file_image_too_large).
    """
    try:
        file.seek(0)
        picture = Image.open(file, formats=("JPEG", "PNG"))
        width, height = picture.size
        if width * height > PIXEL_LIMIT or max(width, height) > SIDE_LIMIT:
            raise Invalid("file_image_too_large", width=width, height=height, limit=PIXEL_LIMIT // 10_000)
        if picture.format == "JPEG":
            picture.draft("L", (max(1, width // 8), max(1, height // 8)))
            picture.load()
        else:
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("file_image_too_large", width="?", height="?", limit=PIXEL_LIMIT // 10_000) from error
    except _FAULTS as error:
        raise Invalid("file_damaged") from error

"""Scans as an office has them: small ones, and ones larger than a piece."""

import io
import random
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import StreamObject

from investreview.demo.files import sample_pdf

MEGABYTE = 1024 * 1024


def small(place: Path) -> Path:
    """A PDF of a few kilobytes."""
    place.write_bytes(sample_pdf(place.stem, 2))
    return place


def large(place: Path, megabytes: int) -> Path:
    """A PDF of about so many megabytes that no compression makes smaller."""
    writer = PdfWriter(clone_from=io.BytesIO(sample_pdf(place.stem, 2)))
    picture = StreamObject()
    picture.set_data(random.Random(megabytes).randbytes(megabytes * MEGABYTE))
    writer._add_object(picture)
    with place.open("wb") as file:
        writer.write(file)
    return place

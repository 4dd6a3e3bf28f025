"""Text into lines with widths: where faces, line breaking and marks meet."""

from functools import lru_cache

from investreview.documents.layout.fonts import Face, printable, width
from investreview.documents.layout.linebreak import Cluster, Line, break_lines, split_clusters
from investreview.documents.layout.page import Text


def clusters_of(text: str, face: Face, size: float, *, cell: float | None = None) -> list[Cluster]:
    """The text as clusters; a full-width character takes ``cell`` points where given, else its own width."""
    return [Cluster(piece, _cluster_width(piece, face, size, cell), face.value) for piece in split_clusters(text)]


def _cluster_width(piece: str, face: Face, size: float, cell: float | None) -> float:
    natural = width(piece, face, size)
    if cell is None or natural < size * len(piece) * 0.99:
        return natural
    return cell * len(piece)


@lru_cache(maxsize=512)
def wrap(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """The text as ragged lines of at most ``room`` points; its own line breaks stay."""
    lines: list[str] = []
    for part in printable(text).split("\n"):
        lines.extend(line.text.rstrip() for line in break_lines(clusters_of(part, face, size), room=room))
    return tuple(lines)


def spread(line: Line, x: float, baseline: float, size: float, *, cell: float) -> list[Text]:
    """The line as marks on the grid of ``cell``: filled lines reach the right edge, last lines stay natural."""
    gaps = len(line.clusters) - 1
    is_spread = line.slack < 0 or (not line.is_last and line.slack < 5 * cell)
    extra = line.slack / gaps if gaps > 0 and is_spread else 0.0
    marks: list[Text] = []
    at = x + line.indent
    for text, face, joined_width, is_latin in _joined(line, extra):
        space = 0.0 if is_latin else cell - size + extra
        marks.append(Text(at, baseline, text, face, size, space=space))
        at += joined_width
    return marks


def _joined(line: Line, extra: float) -> list[tuple[str, Face, float, bool]]:
    """Neighbouring full-width clusters of one face as one string, with the width they take."""
    joined: list[tuple[str, Face, float, bool]] = []
    for cluster in line.clusters:
        face = Face(cluster.style)
        is_natural = cluster.is_latin or _is_narrow(cluster)
        taken = cluster.width + extra
        if joined and not is_natural and not joined[-1][3] and joined[-1][1] == face and len(cluster.text) == 1:
            text, _, before, _ = joined[-1]
            joined[-1] = (text + cluster.text, face, before + taken, False)
        else:
            joined.append((cluster.text, face, taken, is_natural))
    return joined


def _is_narrow(cluster: Cluster) -> bool:
    return all(ord(character) < 0x2000 and character not in "×·" for character in cluster.text)

"""The process of a case as BPMN 2.0 XML with its diagram, as modelling tools open it (OMG formal/2011-01-03).

The model is that of the flow itself, the same for every case: it tells how cases go, and nothing of one of them.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _
from viewflow.workflow.base import Flow, Node
from viewflow.workflow.nodes import End, Join, StartHandle, Switch

from workflows.labels import NODE_LABELS
from workflows.nodes import ForEach, PlaceTask
from workflows.review.flow import ReviewFlow

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
SHAPES = "http://www.omg.org/spec/DD/20100524/DC"
WAYS = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:investreview:workflows:review"
_PREFIXES = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": SHAPES, "di": WAYS}
_SIZES = {"task": (120, 70), "gateway": (50, 50), "event": (36, 36)}
_COLUMN, _ROW, _MARGIN = 170, 110, 60


def review_model() -> bytes:
    """The review process as a BPMN 2.0 document in UTF-8; every sequence flow has its source and target."""
    return _document(ReviewFlow)


def _document(flow: type[Flow]) -> bytes:
    for prefix, name in _PREFIXES.items():
        ElementTree.register_namespace(prefix, name)
    nodes = list(flow.instance.nodes())
    root = Element(_in(MODEL, "definitions"), {"id": "definitions", "targetNamespace": OURS})
    process = SubElement(
        root, _in(MODEL, "process"), {"id": flow.__name__, "name": _("办件办理流程"), "isExecutable": "false"}
    )
    edges = [
        (f"flow_{edge.src.name}_{edge.dst.name}", edge.src, edge.dst) for node in nodes for edge in node._outgoing()
    ]
    edges = list({key: (key, source, target) for key, source, target in edges}.values())
    for node in nodes:
        _node(process, node, edges)
    for key, source, target in edges:
        SubElement(
            process,
            _in(MODEL, "sequenceFlow"),
            {"id": key, "sourceRef": _id(source), "targetRef": _id(target)},
        )
    _diagram(root, flow, nodes, edges)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body


Edge = tuple[str, Node, Node]


def _node(process: Element, node: Node, edges: Iterable[Edge]) -> None:
    element = SubElement(process, _in(MODEL, _kind(node)), {"id": _id(node), "name": _name(node)})
    if isinstance(node, PlaceTask):
        SubElement(element, _in(MODEL, "documentation")).text = _("每个席位各办一次")
    for key in [edge[0] for edge in edges if edge[2] is node]:
        SubElement(element, _in(MODEL, "incoming")).text = key
    for key in [edge[0] for edge in edges if edge[1] is node]:
        SubElement(element, _in(MODEL, "outgoing")).text = key


def _id(node: Node) -> str:
    return f"node_{node.name}"


def _name(node: Node) -> str:
    if isinstance(node, End):
        return _("结束")
    return str(NODE_LABELS.get(node.name, ""))


def _kind(node: Node) -> str:
    if isinstance(node, StartHandle):
        return "startEvent"
    if isinstance(node, End):
        return "endEvent"
    if isinstance(node, Switch):
        return "exclusiveGateway"
    if isinstance(node, ForEach | Join):
        return "parallelGateway"
    return "userTask"


def _size(node: Node) -> tuple[int, int]:
    kind = _kind(node)
    return _SIZES["event" if kind.endswith("Event") else "gateway" if kind.endswith("Gateway") else "task"]


def _diagram(root: Element, flow: type[Flow], nodes: list[Node], edges: Iterable[Edge]) -> None:
    diagram = SubElement(root, _in(DIAGRAM, "BPMNDiagram"), {"id": "diagram"})
    plane = SubElement(diagram, _in(DIAGRAM, "BPMNPlane"), {"id": "plane", "bpmnElement": flow.__name__})
    centres = _centres(nodes)
    for node in nodes:
        shape = SubElement(plane, _in(DIAGRAM, "BPMNShape"), {"id": f"shape_{node.name}", "bpmnElement": _id(node)})
        width, height = _size(node)
        x, y = centres[node.name]
        bounds = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
        SubElement(shape, _in(SHAPES, "Bounds"), {name: str(value) for name, value in bounds.items()})
    for key, source, target in edges:
        edge = SubElement(plane, _in(DIAGRAM, "BPMNEdge"), {"id": f"edge_{key}", "bpmnElement": key})
        for x, y in _points(source, target, centres):
            SubElement(edge, _in(WAYS, "waypoint"), {"x": str(x), "y": str(y)})


def _centres(nodes: list[Node]) -> dict[str, tuple[int, int]]:
    """Columns by the distance from a start, rows in the order of the flow."""
    columns: dict[str, int] = {}
    entered = {edge.dst.name for node in nodes for edge in node._outgoing()}
    queue = deque((node, 0) for node in nodes if node.name not in entered or isinstance(node, StartHandle))
    while queue:
        node, column = queue.popleft()
        if node.name in columns:
            continue
        columns[node.name] = column
        queue.extend((edge.dst, column + 1) for edge in node._outgoing())
    rows: dict[int, int] = {}
    centres = {}
    for node in nodes:
        column = columns.setdefault(node.name, 0)
        row = rows[column] = rows.get(column, -1) + 1
        centres[node.name] = (_MARGIN + 60 + column * _COLUMN, _MARGIN + 40 + row * _ROW)
    return centres


def _points(source: Node, target: Node, centres: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Two points on the borders; a way back goes below its boxes."""
    (x, y), (to_x, to_y) = centres[source.name], centres[target.name]
    if to_x > x:
        return [(x + _size(source)[0] // 2, y), (to_x - _size(target)[0] // 2, to_y)]
    below = max(y, to_y) + _ROW // 2
    return [
        (x, y + _size(source)[1] // 2),
        (x, below),
        (to_x, below),
        (to_x, to_y + _size(target)[1] // 2),
    ]


def _in(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"

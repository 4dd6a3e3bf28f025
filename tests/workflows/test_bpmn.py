"""The process as BPMN 2.0: the same nodes and ways as the flow, each drawn, each way with both its ends."""

from xml.etree import ElementTree

from workflows.bpmn import DIAGRAM, MODEL, review_model
from workflows.review.flow import ReviewFlow


def _tree() -> ElementTree.Element:
    return ElementTree.fromstring(review_model())


def _ids(kind: str) -> list[str]:
    return [each.attrib["id"] for each in _tree().iter(f"{{{MODEL}}}{kind}")]


def test_model_has_every_node_of_the_flow_once() -> None:
    process = _tree().find(f"{{{MODEL}}}process")
    assert process is not None
    found = sorted(each.attrib["id"] for each in process if not each.tag.endswith("sequenceFlow"))
    assert found == sorted(f"node_{node.name}" for node in ReviewFlow.instance.nodes())
    assert _ids("startEvent") == ["node_begin", "node_taken_over"]
    assert _ids("endEvent") == ["node_end"]


def test_model_has_every_way_of_the_flow_with_source_and_target() -> None:
    known = {f"node_{node.name}" for node in ReviewFlow.instance.nodes()}
    ways = [(each.attrib["sourceRef"], each.attrib["targetRef"]) for each in _tree().iter(f"{{{MODEL}}}sequenceFlow")]
    edges = {
        (f"node_{edge.src.name}", f"node_{edge.dst.name}")
        for node in ReviewFlow.instance.nodes()
        for edge in node._outgoing()
    }
    assert len(ways) == len(set(ways))
    assert set(ways) == edges
    assert {end for way in ways for end in way} <= known


def test_everything_is_drawn_and_no_shape_lies_on_another() -> None:
    tree = _tree()
    shapes = [each.attrib["bpmnElement"] for each in tree.iter(f"{{{DIAGRAM}}}BPMNShape")]
    drawn = [each.attrib["bpmnElement"] for each in tree.iter(f"{{{DIAGRAM}}}BPMNEdge")]
    assert sorted(shapes) == sorted(f"node_{node.name}" for node in ReviewFlow.instance.nodes())
    assert sorted(drawn) == sorted(_ids("sequenceFlow"))
    places = [
        (int(bounds.attrib["x"]), int(bounds.attrib["y"]))
        for shape in tree.iter(f"{{{DIAGRAM}}}BPMNShape")
        for bounds in shape
    ]
    assert len(set(places)) == len(places)


def test_every_step_of_a_person_has_its_name() -> None:
    assert all(each.attrib["name"] for each in _tree().iter(f"{{{MODEL}}}userTask"))

"""花脸稿."""

from dataclasses import replace

from investreview.documents.compare import Change, compare
from investreview.documents.wording import from_editable, to_editable

from . import samples


def test_same_letters_have_no_changes() -> None:
    blocks = compare(samples.filing_draft(), samples.filing_draft())
    assert {block.kind for block in blocks} == {Change.SAME}


def test_changed_characters_are_shown_inside_their_paragraph() -> None:
    before = samples.filing_draft()
    editable = to_editable(before)
    after = from_editable(before, replace(editable, body=editable.body.replace("10日内", "15日内")))
    changed = [block for block in compare(before, after) if block.kind is not Change.SAME]
    assert len(changed) == 1
    parts = [(piece.kind, piece.text) for piece in changed[0] if piece.kind is not Change.SAME]
    assert parts == [(Change.REMOVED, "0"), (Change.ADDED, "5")]


def test_added_and_removed_paragraphs_stand_whole() -> None:
    before = samples.filing_draft()
    editable = to_editable(before)
    body = editable.body.replace("\n特此函复。", "\n请在收到本函后十日内反馈联系人名单。")
    blocks = compare(before, from_editable(before, replace(editable, body=body)))
    assert [(b.kind, b.pieces[0].text) for b in blocks if b.kind is not Change.SAME] == [
        (Change.REMOVED, "特此函复。"),
        (Change.ADDED, "请在收到本函后十日内反馈联系人名单。"),
    ]


def test_paragraph_that_was_only_removed_stands_whole() -> None:
    before = samples.filing_draft()
    editable = to_editable(before)
    body = editable.body.replace("\n特此函复。", "")
    after = from_editable(before, replace(editable, body=body))
    assert [(b.kind, b.pieces[0].text) for b in compare(before, after) if b.kind is not Change.SAME] == [
        (Change.REMOVED, "特此函复。")
    ]
    assert [b.kind for b in compare(after, before) if b.kind is not Change.SAME] == [Change.ADDED]

"""The acts in the life of a panel; each writes one journal entry of this name on the panel's subject.

What is done to the draw (announce, reveal, wave …) has its entry on the draw's subject, written by the draws room.
"""

from enum import StrEnum


class PanelVerb(StrEnum):
    """Facts are told by place and draw number; the readers of a panel's entries are those who run it, and auditors."""

    FREEZE = "panel.freeze"
    NOTE_CALL = "panel.note_call"
    CONFIRM_SEAT = "panel.confirm_seat"
    ASK_DEPARTURE = "panel.ask_departure"
    CONFIRM_DEPARTURE = "panel.confirm_departure"
    REJECT_DEPARTURE = "panel.reject_departure"
    LEAVE_SEAT = "panel.leave_seat"
    CLOSE_INVITATIONS = "panel.close_invitations"
    FILL_PLACE = "panel.fill_place"
    DECLARE = "panel.declare_conflicts"
    SAVE_SHEET = "panel.save_sheet"
    ENTER_SHEET = "panel.enter_sheet"
    REJECT_SHEET = "panel.reject_sheet"
    SIGN_SHEET = "panel.sign_sheet"
    CORRECT_SHEET = "panel.correct_sheet"
    ASK_INQUIRY = "panel.ask_inquiry"
    SEND_INQUIRIES = "panel.send_inquiries"
    ANSWER_INQUIRY = "panel.answer_inquiry"
    POSTPONE = "panel.postpone_meeting"
    HOLD_MEETING = "panel.hold_meeting"
    ELECT_CHAIR = "panel.elect_chair"
    PUT_OPINION = "panel.put_opinion"
    SIGN_OPINION = "panel.sign_opinion"
    CONCLUDE = "panel.conclude"
    VOID = "panel.void"
    SUBMIT_EVIDENCE = "condition.submit_evidence"
    ACCEPT_EVIDENCE = "condition.accept"
    RETURN_EVIDENCE = "condition.return"

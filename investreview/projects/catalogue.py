"""Slots of the material catalogue (DOMAIN §4) that the code itself must know by name."""

FORM_SLOT = "M02"
STUDY_SLOT = "M05"

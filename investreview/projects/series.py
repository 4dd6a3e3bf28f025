"""The number series a commission must have opened before its first case (docs/founding/lianyungang.yaml)."""

RECEIPTS = "JS"
SUPPLEMENT_NOTICES = "BZ"
FILINGS = "BA"
SECOND_REVIEWS = "EL"
LETTERS = "HAN"
OPINIONS = "LZ"

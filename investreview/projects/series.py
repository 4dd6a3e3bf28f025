"""The number series a commission must have opened before its first case (docs/founding/lianyungang.yaml)."""

RECEIPTS = "JS"
SUPPLEMENT_NOTICES = "BZ"
FILINGS = "BA"
LETTERS = "HAN"

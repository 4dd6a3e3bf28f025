"""The number series a commission must have opened before its first notice (docs/founding/lianyungang.yaml)."""

NOTICES = "WEN"

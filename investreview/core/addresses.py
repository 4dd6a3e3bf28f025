"""Parts of addresses that every room shares."""


class RowId:
    """An id in an address: as many digits as every database holds, so that a longer one is no address."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The id as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The id as it stands in the address."""
        return str(value)

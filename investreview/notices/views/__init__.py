"""Pages of notices: what one was told, how one is told, what one sends, whom to call."""

"""Pages of the past: parse, ask a selector or a service, answer."""

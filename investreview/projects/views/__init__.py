"""Pages of projects and cases: parse, ask a selector or a service, answer."""

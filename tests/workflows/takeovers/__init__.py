"""Cases under way on paper that go on here."""

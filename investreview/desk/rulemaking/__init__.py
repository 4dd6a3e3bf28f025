"""规则草案: a rule file becomes a draft, is compared and tried on past projects, withdrawn or published."""

"""The guide by role (使用手册): docs/guide as pages of the site."""

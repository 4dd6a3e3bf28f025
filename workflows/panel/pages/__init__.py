"""The pages of a panel's steps: each shows what its reader may know at this step, and nothing of the case besides."""

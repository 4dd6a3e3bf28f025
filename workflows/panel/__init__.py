"""The pages of an expert panel's steps: ceremony, sheets, meeting, opinion; its nodes stand in the review flow."""

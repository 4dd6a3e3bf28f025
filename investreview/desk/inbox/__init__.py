"""The inbox of everybody: five tabs, narrowed, sorted and paged; saved views; acts on several lines at once."""

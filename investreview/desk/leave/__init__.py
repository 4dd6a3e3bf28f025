"""休假与代办: own leave, whom one proposes, who of the office is away, and who acts for whom."""

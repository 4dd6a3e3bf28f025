"""The pages of the process: a task, the moves beside it, decisions on paper."""

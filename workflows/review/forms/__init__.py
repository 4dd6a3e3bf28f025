"""The forms of the process's acts: what a person types is read here and handed to the engine as facts."""

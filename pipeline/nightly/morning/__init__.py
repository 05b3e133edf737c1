"""The morning report: what came in the night, what was read, what needs a person, what is due, what failed and why."""

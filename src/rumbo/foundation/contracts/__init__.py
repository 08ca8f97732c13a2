"""The contracts of an institution, what they deliver and the acceptance of whoever asked for it.

A contract is what some goals are measured under: the goals name it, not the contrary. The delivery of each evaluated
month is accepted or observed by the requesting area (A1-24, A1-26): the files are kept as they were delivered; this app
neither produces them nor knows what they say."""

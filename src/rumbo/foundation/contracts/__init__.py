"""What a contract delivers and the acceptance of whoever asked for it.

Today: the delivery of each evaluated month, accepted or observed by the requesting area (A1-24, A1-26).
It keeps the files as they were delivered; it neither produces them nor knows what they say."""

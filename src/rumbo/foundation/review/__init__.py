"""Routes, cases and decisions: who had to look at something, what they decided and why.

A case names its subject by app and reference and never touches it.
The owner of the subject changes its own state."""

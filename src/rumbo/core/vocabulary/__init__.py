"""The words everybody shares, one per file.

Enumerations carry their Spanish label as written in the product's language guide; pages translate it.
Numeric codes are part of stored results and exported files: never renumber them.
"""

"""Parquet in and out: many installations evaluated as one, under the scheme `nation`.

The layout, what each column means and what is refused: docs/formats/columnas.md. Only this package knows Polars, and
it is imported when a command asks for it: loading Polars before a server forks can stop its children for ever.
"""

"""Numbers, charts, PDF, workbooks and letters: bytes and strings in and out, own fonts, no clock."""

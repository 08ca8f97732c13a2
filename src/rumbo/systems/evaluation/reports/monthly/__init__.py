"""The monthly evaluation report (A1-14, A1-21): gathered from a closing, drawn, and written as a workbook."""

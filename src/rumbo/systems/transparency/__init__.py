"""Obligations of transparency and the quarterly formats that publish them.

It reads the plan and writes a dated record; it never reads a person's file.
Portals and open data come later."""

"""The demonstration: committed data of three institutions and the pure code that turns it into a year of work.

`dataset` reads the programme and spreads annual targets over months, `stories` decides what each area captured and
when, `transport` finds how a real series accumulates. Nothing of Django, no clock, no chance outside a fixed seed.
"""

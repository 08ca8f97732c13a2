"""Periods, calendar and business days, deadlines. Pure: the day always comes in as an argument."""

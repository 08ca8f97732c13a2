"""Plans, levels, elements and the situation analysis they answer.

The parent of an element is always explicit, never read from its code (Q-01).
Goals hang from elements but live in indicators."""

"""What every page is made of: base pages, components, styles, icons, the question of permission.

It knows no institution and no data; pages hand it what to show.
It is not a front-end framework."""

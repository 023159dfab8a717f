"""The window around the screens: menus, the panel at the right, where one has been, what it remembers."""

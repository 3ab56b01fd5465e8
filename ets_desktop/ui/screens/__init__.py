"""One package a screen: screen.py, columns.py, dialogs.py."""

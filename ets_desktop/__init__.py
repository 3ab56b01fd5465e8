"""ETS 9: the desktop in which call-centre agents of Korean online shops work."""

__version__ = "9.0.0.dev0"

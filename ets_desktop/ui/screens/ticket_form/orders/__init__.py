"""The order of the form: taken in, guarded against doing things twice, and its pages."""

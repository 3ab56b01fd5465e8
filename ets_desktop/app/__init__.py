"""The program: what is built in which order, and closed in the reverse."""

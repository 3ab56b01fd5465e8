"""The call of the form: taken, answered for, and moved to whom it belongs."""

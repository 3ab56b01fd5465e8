"""The customer of the form: found, chosen, registered, read, changed and merged."""

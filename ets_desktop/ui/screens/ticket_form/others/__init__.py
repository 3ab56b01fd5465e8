"""Who else works on the ticket of the form, and what they changed (spec 20)."""

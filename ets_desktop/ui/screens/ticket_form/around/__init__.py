"""What is known around the ticket in the form: its history, contacts, journey and relations."""

"""Real telephone calls: an Asterisk of Debian's on loopback, phones that speak SIP, a real desk."""

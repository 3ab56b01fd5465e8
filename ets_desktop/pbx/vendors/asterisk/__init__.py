"""Asterisk and what is built on it (FreePBX, Issabel, many Korean IP-PBXs), over AMI."""

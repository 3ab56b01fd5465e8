"""LG U+ IPPBX (클콜): one Socket.IO session an extension, with the PBX's own messages in it."""

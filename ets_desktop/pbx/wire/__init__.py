"""What goes over the wire, kept on disk without anybody's number or name, and played again."""

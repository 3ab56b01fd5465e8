"""What leaves the program as a file: lists as workbooks."""

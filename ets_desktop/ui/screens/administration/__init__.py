"""관리 (spec 60): one page a kind of record; what each is made of stands in pages.py."""

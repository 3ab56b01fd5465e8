"""Where an ERP's orders come from: its database, or files it puts into a folder (spec 30, ERP)."""

"""Order exports of the sales channels: file kinds, sheets, channel presets, parsed orders.

`read_export` of `parse` is the way in; nothing here knows the database.
"""

"""The desk's windows: sees frozen rows only and reaches the database through `UiContext.call`."""

"""Programs that are started to be measured: windows, barest and ours, and a desk on a lead."""

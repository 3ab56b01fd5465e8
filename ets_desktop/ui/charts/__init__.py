"""Charts in the look of the desk, for every screen that has some.

Importing any of it but `plot` loads neither pyqtgraph nor numpy: a chart shows its frame at once,
has them loaded on a worker when it is first seen, and draws then.

    from ets_desktop.ui.charts.chart import BarChart, LineChart
    from ets_desktop.ui.charts.values import COUNT, MINUTES, PERCENT, SECONDS, Bar, Series

    chart = BarChart("통화·포기", context.hub, stacked=True)        # horizontal=True, unit=COUNT
    chart.show_series(
        (
            Series("통화", (Bar("09:00", 12, key), Bar("09:30", 8, other_key))),
            Series("포기", (Bar("09:00", 1, …, alarming=True), Bar("09:30", 0, …))),
        )
    )
    chart.bar_chosen.connect(slot)    # the key of a bar that was clicked, or chosen with Enter
    chart.mark_chosen(key)            # which one's list is shown (None: no one's)

`Series` are compared by place: the n-th bars of all stand together, the longest gives the labels,
so the same days of two periods are two series of a `LineChart` (None as a value leaves a gap).
A bar without a key tells its value and cannot be chosen. `show_series` again moves what is there;
`show_series(())` says 자료가 없습니다. Names and notes come as they shall be read: translate them
before, mask them before.
"""

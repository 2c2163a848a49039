"""The charts, by matplotlib; each is shown where it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt

from assay_notebook.distribution import Bar
from assay_notebook.profile import Profile
from assay_notebook.quarantine import reason_text
from assay_notebook.scores import DIMENSIONS, JudgedRun

INK, REFUSED, LIMIT = "#33658a", "#c1292e", "#8d8d8d"
ACROSS = 3
MOST_LABELS = 10


def filled_chart(profiles: Sequence[Profile]) -> None:
    figure, axes = plt.subplots(figsize=(9, 0.35 * len(profiles) + 1))
    names = [each.column for each in reversed(profiles)]
    axes.barh(names, [100 * each.filled_share for each in reversed(profiles)], color=INK)
    axes.set(xlim=(0, 100), xlabel="% of rows filled", title="Filled cells")
    _show(figure)


def bars_chart(charts: Mapping[str, Sequence[Bar]], title: str) -> None:
    """One small chart a column."""
    if not charts:
        print(f"{title}: no column has any")
        return
    down = -(-len(charts) // ACROSS)
    figure, grid = plt.subplots(down, ACROSS, figsize=(12, 2.6 * down), squeeze=False)
    for axes in grid.flat[len(charts) :]:
        axes.axis("off")
    for axes, (name, bars) in zip(grid.flat, charts.items(), strict=False):
        places = range(len(bars))
        axes.bar(places, [bar.rows for bar in bars], color=INK, width=0.9)
        step = -(-len(bars) // MOST_LABELS)
        axes.set_xticks(list(places)[::step], [_short(bar.label) for bar in bars[::step]], rotation=45, ha="right", fontsize=7)
        axes.set_title(name, fontsize=10)
    figure.suptitle(title)
    _show(figure)


def scores_chart(runs: Sequence[JudgedRun]) -> None:
    """A chart a dimension: a point a run, in red below its threshold, which is the line."""
    figure, grid = plt.subplots(2, 2, figsize=(12, 6), sharex=True)
    places = list(range(len(runs)))
    for axes, dimension in zip(grid.flat, DIMENSIONS, strict=True):
        scores = [run.scores[dimension] for run in runs]
        axes.plot(places, [score.value for score in scores], color=INK, linewidth=1)
        axes.scatter(places, [score.value for score in scores], c=[INK if score.is_met else REFUSED for score in scores])
        axes.step(places, [score.threshold for score in scores], color=LIMIT, linestyle="--", where="mid")
        axes.set_title(dimension)
        step = -(-len(runs) // MOST_LABELS)
        axes.set_xticks(places[::step], [run.day for run in runs[::step]], rotation=45, ha="right", fontsize=8)
    figure.suptitle("Scores of every run, in the order of ingestion dates; dashed: the threshold; red: refused")
    _show(figure)


def reasons_chart(reasons: Sequence[tuple[str, str, int]]) -> None:
    if not reasons:
        print("no row is in quarantine")
        return
    figure, axes = plt.subplots(figsize=(9, 0.4 * len(reasons) + 1))
    names = [reason_text(rule, column) for rule, column, _ in reversed(reasons)]
    axes.barh(names, [rows for _, _, rows in reversed(reasons)], color=REFUSED)
    axes.set(xlabel="rows", title="Rows in quarantine by column and rule; a row may have broken several")
    _show(figure)


def reasons_by_day_chart(days: Mapping[str, Mapping[str, int]]) -> None:
    if not days:
        print("no row is in quarantine")
        return
    figure, axes = plt.subplots(figsize=(9, 3.5))
    below = [0] * len(days)
    for reason in sorted({reason for counts in days.values() for reason in counts}):
        rows = [counts.get(reason, 0) for counts in days.values()]
        axes.bar(list(days), rows, bottom=below, label=reason)
        below = [one + other for one, other in zip(below, rows, strict=True)]
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    axes.set(ylabel="rows × reasons", title="Reasons by ingestion date")
    axes.tick_params(axis="x", rotation=45, labelsize=8)
    _show(figure)


def _show(figure: plt.Figure) -> None:
    figure.tight_layout()
    plt.show()
    plt.close(figure)


def _short(label: str) -> str:
    return label if len(label) <= 14 else f"{label[:13]}…"

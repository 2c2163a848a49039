"""What is shown as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from IPython.display import Markdown, display

from assay_notebook.command_line import Assay, AssayFailed
from assay_notebook.profile import QUANTILES, Profile
from assay_notebook.scores import DIMENSIONS, JudgedRun

PRIVATE = "(not shown)"
# Tables are whole: what was left out would be looked for.
pd.set_option("display.max_rows", None, "display.max_colwidth", None)


def profile_table(profiles: Sequence[Profile]) -> pd.DataFrame:
    return pd.DataFrame([_profile_row(each) for each in profiles]).set_index("column")


def _profile_row(profile: Profile) -> dict[str, Any]:
    shown = (PRIVATE, PRIVATE) if profile.is_private else (profile.least or "", profile.greatest or "")
    return {
        "column": profile.column,
        "rows": profile.rows,
        "filled": f"{profile.filled:,} ({profile.filled_share:.1%})",
        "distinct": profile.distinct,
        "least": shown[0],
        "greatest": shown[1],
        "lengths": "" if profile.shortest is None else f"{profile.shortest} – {profile.longest}",
        **{name: f"{profile.quantiles[name]:,.6g}" if name in profile.quantiles else "" for name in QUANTILES},
    }


def top_values_table(found: Mapping[str, Sequence[tuple[str, int]]]) -> pd.DataFrame:
    rows = [(column, value, rows) for column, values in found.items() for value, rows in values]
    return pd.DataFrame(rows, columns=["column", "value", "rows"]).set_index(["column", "value"])


def scores_table(runs: Sequence[JudgedRun], ledger: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A `!` is below its threshold, as in `assay quality`, from which is how each run ended."""
    status = {run["id"]: run["status"] for run in ledger}
    rows = [
        {
            "run": run.id[:8],
            "file": run.file,
            "ingestion date": run.day,
            **{name: f"{run.scores[name].shown}{'' if run.scores[name].is_met else ' !'}" for name in DIMENSIONS},
            "run's end": "refused" if run.is_refused else status.get(run.id, "not in the ledger"),
        }
        for run in runs
    ]
    return pd.DataFrame(rows).set_index("run")


def reasons_table(reasons: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(reasons, columns=["rule", "column", "rows"])


def show_query(assay: Assay, store: str, sql: str) -> None:
    """The command to type, and its answer; a store that cannot be asked yet says why."""
    display(Markdown(f'```sh\nnpx assay query {store} "{sql}"\n```'))
    try:
        answer = assay.ask("query", store, sql)
    except AssayFailed as failed:
        display(Markdown(f"> {failed}"))
        return
    display(pd.DataFrame(answer["rows"], columns=answer["columns"]) if answer["rows"] else Markdown("> no rows yet"))

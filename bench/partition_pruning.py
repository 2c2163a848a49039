"""Does a reader pay for what it asks for, or for what is there?

    .assay/venv/bin/python bench/partition_pruning.py [months|rollup] [--scale F]

``months`` (three to twelve minutes): twelve months of purchases in silver's own table, partitioned by ingestion date, and in
tables that are not; Spark reads one month of each. The bytes are those that Spark's tasks count.

``rollup`` (three to five minutes): a year of sales by month and category, from the mart and from the facts, on the data of the
warehouse's benchmark.

Ends with 1 where a goal is missed. ``--scale 0.1`` is a try. Needs what ``node local/install.js --dev`` installs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "local"))
sys.path.append(str(Path(__file__).parents[1] / "test/local"))
sys.path.append(str(Path(__file__).parents[1] / "test/sql/redshift"))

# Found where the lines above say.
import pruning_months
import pruning_rollup
from pruning_goal import Goal, report

PARTS = {"months": pruning_months.run, "rollup": pruning_rollup.run}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="months|rollup")
    parser.add_argument("--scale", type=float, default=1)
    asked = parser.parse_args()
    goals: list[Goal] = []
    for part in asked.parts or PARTS:
        print(f"\n{part}, scale {asked.scale:g}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
            goals += PARTS[part](Path(folder), asked)
    return 0 if report(goals) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The warehouse, on a PostgreSQL of the benchmark's own.

    .assay/venv/bin/python bench/warehouse.py [days|queries] [--scale F] [--span DAYS]

``days`` (six minutes): a month of files of all six datasets, a day after the other, each loaded and refreshed as the
product does it, through the Data API of the laptop's emulator; then a refresh with nothing new, and a full one. Customers
and products live through as many changes in a span of 31 days as in one of 365: of the latter, the first 31 days bring
some thousand rows of each dataset but few changes, and one of them as much as another.

``queries`` (half an hour, 8 GB of disk): six million facts, one full refresh, then analysts' queries, cold and hot, and the
same of the facts by DuckDB over Parquet files.

``--scale 0.03`` is a try of a minute or two. Needs what ``node local/install.js --dev`` installs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "local"))
sys.path.append(str(Path(__file__).parents[1] / "test/local"))
sys.path.append(str(Path(__file__).parents[1] / "test/sql/redshift"))

# Found where the lines above say.
import warehouse_days
import warehouse_queries
from star_schema import ROOT

PARTS = {"days": warehouse_days.run, "queries": warehouse_queries.run}


def generate(folder: Path, words: Sequence[str], sizes: dict[str, int]) -> None:
    sized = [word for name, size in sizes.items() for word in (f"--{name}", str(size))]
    command = ["node", "bin/assay.js", "generate", "--out", str(folder), "--format", "parquet", *words, *sized]
    print("assay", *command[2:3], *command[5:], flush=True)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="days|queries")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--span", type=int, default=31, help="the days of 'days' are the first 31 of so many")
    asked = parser.parse_args()
    for part in asked.parts or PARTS:
        print(f"\n{part}, scale {asked.scale:g}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
            PARTS[part](Path(folder), asked, generate)
        print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

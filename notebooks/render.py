"""Executes the notebook and renders it as HTML: ``npm run notebook -- [--dataset NAME] [--stage NAME]``.

The rendering is whole without a network: charts are in it, and nothing is fetched when it is opened.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert import HTMLExporter

from assay_notebook.command_line import PROJECT, Assay, AssayFailed

NOTEBOOK = Path(__file__).parent / "data_quality.ipynb"
OUT = PROJECT / ".assay" / "notebook"
STEP_SECONDS = 600


def say(text: str) -> None:
    print(f"notebook: {text}", file=sys.stderr, flush=True)


class NothingToShow(Exception):
    """No run of the dataset was judged; says what to do."""


def check_data(assay: Assay, dataset: str) -> None:
    """Before a kernel is started: AssayFailed or NothingToShow say what is missing."""
    say(f"{dataset}, {assay.stage}: looking for files that were judged")
    if not assay.ask("quality", dataset, "--limit", "1"):
        raise NothingToShow(f"no file of {dataset} was judged yet: `npx assay drop FILE`, or `npm run demo` for one of its own")


def with_parameters(notebook: Any, **parameters: str | None) -> Any:
    """A cell after the one that is tagged ``parameters``, as papermill would put it."""
    (at,) = [n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(source))
    return notebook


def execute(notebook: Any) -> None:
    headings = headings_of(notebook)
    started = time.monotonic()

    def tell(cell: Any, cell_index: int) -> None:
        if cell.cell_type == "code":
            say(f"{cell_index + 1} of {len(notebook.cells)}, {headings[cell_index]}, {time.monotonic() - started:.0f} s so far")

    client = NotebookClient(notebook, timeout=STEP_SECONDS, kernel_name="python3", on_cell_start=tell)
    # It warns that what the two say to each other on this machine is not encrypted.
    client.extra_arguments = ["--log-level=ERROR"]
    client.resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    client.execute()


def headings_of(notebook: Any) -> list[str]:
    """Under which one each cell stands."""
    headings: list[str] = []
    heading = ""
    for cell in notebook.cells:
        first = cell.source.split("\n")[0]
        heading = first.lstrip("# ") if cell.cell_type == "markdown" and first.startswith("#") else heading
        headings.append(heading)
    return headings


def html_of(notebook: Any, title: str) -> str:
    nowhere = {"require_js_url": "", "jquery_url": "", "mathjax_url": "", "mermaid_js_url": "", "widget_renderer_url": ""}
    exporter = HTMLExporter(template_name="basic", **nowhere)
    body, _ = exporter.from_notebook_node(notebook)
    style = (Path(__file__).parent / "page.css").read_text()
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{style}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def render(dataset: str, stage: str, out: Path) -> Path:
    check_data(Assay(stage), dataset)
    out.mkdir(parents=True, exist_ok=True)
    figures = out / f"{NOTEBOOK.stem}.json"
    notebook = with_parameters(nbformat.read(NOTEBOOK, as_version=4), dataset=dataset, stage=stage, figures_file=str(figures))
    execute(notebook)
    page = out / f"{NOTEBOOK.stem}.html"
    page.write_text(html_of(notebook, f"Data quality of {dataset}, {stage}"))
    return page


def main() -> int:
    parser = argparse.ArgumentParser(prog="npm run notebook --", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--dataset", default="purchases", help="one whose files are judged")
    parser.add_argument("--stage", default="local", help="the laptop, or a stage in the account of your credentials")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder of the page and of its figures as JSON")
    asked = parser.parse_args()
    try:
        page = render(asked.dataset, asked.stage, asked.out.absolute())
    except (AssayFailed, NothingToShow) as failed:
        print(failed, file=sys.stderr)
        return 1
    except CellExecutionError as failed:
        print(f"a cell of the notebook failed with {failed.ename}: {failed.evalue}", file=sys.stderr)
        return 1
    except CellTimeoutError:
        print(
            f"a cell of the notebook took more than {STEP_SECONDS} s: see `npx assay status`, or try a smaller dataset",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 130
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The arithmetic every run must satisfy: rows read = published + quarantined + deduplicated."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assay_glue.errors import TerminalError


@dataclass(frozen=True)
class RowCounts:
    """Rows of one file version: ``read`` of the file, the others by what became of them."""

    read: int
    published: int
    quarantined: int
    deduplicated: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)

    def superseded(self) -> RowCounts:
        """The same rows, when a later version of the file is there: none of them is needed."""
        return RowCounts(self.read, 0, 0, self.read)

    def check(self) -> None:
        """Raises RowsDoNotBalance when a row was lost or doubled."""
        if self.read != self.published + self.quarantined + self.deduplicated:
            raise TerminalError(
                "RowsDoNotBalance",
                f"{self.read} rows read, but {self.published} published + {self.quarantined} quarantined + "
                f"{self.deduplicated} deduplicated; nothing was published",
            )

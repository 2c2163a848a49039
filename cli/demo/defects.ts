import { HEADER } from './purchase';

type Cells = readonly string[];

/** Ways in which a row breaks its contract; each must end in quarantine with its reason. */
export const DEFECTS: readonly ((cells: Cells) => Cells)[] = [
  (cells) => withCell(cells, 'amount_aud', '12,50'),
  (cells) => withCell(cells, 'amount_aud', '9.995'),
  (cells) => withCell(cells, 'quantity', 'N/A'),
  (cells) => withCell(cells, 'purchase_date', '2026-02-31'),
  (cells) => withCell(cells, 'customer_id', ''),
  (cells) => withCell(cells, 'amount_aud', '-5.00'),
  (cells) => withCell(cells, 'purchase_id', ''),
  // Ragged: a column too few.
  (cells) => cells.slice(0, -1),
];

function withCell(cells: Cells, column: (typeof HEADER)[number], value: string): Cells {
  return cells.with(HEADER.indexOf(column), value);
}

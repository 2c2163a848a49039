import type { Concession, Contact } from '../concessions-api/concession';

type Row = readonly (string | null)[];

const text = (value: string | null | undefined): string | null => {
  const plain = (value ?? '').normalize('NFC').trim();
  return plain === '' ? null : plain;
};

/** The tables that concessions must become, made without anything of the product; later states take the place of earlier ones. */
export class ConcessionsOracle {
  readonly tables: Readonly<Record<string, Map<string, Row>>> = {
    concessions: new Map(),
    concession_lines: new Map(),
    concession_adjustments: new Map(),
    concession_contacts: new Map(),
  };
  /** How many rows of each table were refused. */
  readonly refused: Record<string, number> = { concessions: 0, concession_contacts: 0 };

  take(records: readonly Concession[]): void {
    for (const record of records) this.takeOne(record);
  }

  rows(table: string): string[] {
    return [...(this.tables[table]?.values() ?? [])].map((row) => JSON.stringify(row)).sort();
  }

  private takeOne(record: Concession): void {
    const { concession_id: id, updated_at: at } = record;
    if (Array.isArray(record.reference)) this.refuse('concessions');
    else this.put('concessions', id, [id, record.store_token, text(record.reference), record.status, record.opened_on, at]);
    for (const line of record.lines ?? []) {
      const at_line = [id, String(line.line_id)];
      const { value, currency } = line.amount;
      this.put('concession_lines', at_line.join(), [...at_line, line.sku, String(line.quantity), value, currency, at]);
      for (const adjustment of line.adjustments ?? []) {
        const place = [...at_line, adjustment.adjustment_id];
        const { amount, reason } = adjustment;
        this.put('concession_adjustments', place.join(), [...place, reason, amount.value, amount.currency, at]);
        for (const contact of adjustment.contacts ?? []) this.takeContact(place, contact, at);
      }
    }
  }

  private takeContact(place: readonly string[], contact: Contact & { readonly phone?: string }, at: string): void {
    const { contact_id: id, role, name, email } = contact;
    if (contact.phone !== undefined) this.refuse('concession_contacts');
    else
      this.put('concession_contacts', [...place, id].join(), [
        ...place,
        id,
        role,
        text(name),
        text(email)?.toLowerCase() ?? null,
        at,
      ]);
  }

  private put(table: string, key: string, row: Row): void {
    this.tables[table]?.set(key, row);
  }

  private refuse(table: string): void {
    this.refused[table] = (this.refused[table] ?? 0) + 1;
  }
}

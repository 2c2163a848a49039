/** A concession as the API has it. Amounts are written with their digits, which `JSON.stringify` would cut: see `written`. */
export interface Concession {
  readonly concession_id: string;
  readonly store_token: string;
  readonly reference?: string | null;
  readonly status: string;
  readonly opened_on: string;
  readonly updated_at: string;
  readonly lines?: readonly Line[] | null;
  readonly [unknown: string]: unknown;
}

export interface Money {
  readonly value: string;
  readonly currency: string;
}

export interface Line {
  readonly line_id: number;
  readonly sku: string;
  readonly quantity: number;
  readonly amount: Money;
  readonly adjustments?: readonly Adjustment[] | null;
}

export interface Adjustment {
  readonly adjustment_id: string;
  readonly reason: string;
  readonly amount: Money;
  readonly contacts?: readonly Contact[] | null;
}

export interface Contact {
  readonly contact_id: string;
  readonly role: string;
  readonly name?: string | null;
  readonly email?: string | null;
}

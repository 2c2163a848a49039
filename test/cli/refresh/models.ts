import type { RefreshedModel, RefreshState } from '../../../contracts/refresh';

const NOT_BEGUN: RefreshedModel = { name: '', status: 'pending', seconds: null, rowsAdded: null, rowsRemoved: null };

/** A model of which nothing is known but its name; tests say what matters to them. */
export function model(name: string, known: Partial<RefreshedModel> = {}): RefreshedModel {
  return { ...NOT_BEGUN, name, ...known };
}

export const BUILDING: RefreshState = {
  full: false,
  statementId: 'a',
  isDone: false,
  loads: 2,
  models: [
    model('dim_customer', { status: 'succeeded', seconds: 1.25 }),
    model('fact_sales', { status: 'running' }),
    model('daily_sales'),
  ],
};

export const DONE: RefreshState = {
  ...BUILDING,
  isDone: true,
  models: [
    model('dim_customer', { status: 'succeeded', seconds: 1.25, rowsAdded: 12, rowsRemoved: 3 }),
    model('fact_sales', { status: 'succeeded', seconds: 2, rowsAdded: 1200, rowsRemoved: 0 }),
    model('daily_sales', { status: 'succeeded', seconds: 0.04, rowsAdded: 1, rowsRemoved: 1 }),
  ],
};

/** As `since` of a turn in the ledger: later than anything that was done, so that nothing done before makes this needless. */
export const WHATEVER_WAS_DONE = '9999-12-31T00:00:00.000Z';

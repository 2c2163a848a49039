/** Runs `work` while no other process holds the lock at `path`. A lock whose owner is gone is taken over. */
export function withLock<T>(path: string, work: () => Promise<T>): Promise<T>;

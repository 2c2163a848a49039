import type { Model } from './models';

/**
 * The models in an order in which each comes after those that it reads: its table by `schema.name`, or what a refresh
 * changed of it, by `name_added` and `name_removed`. Those that could stand in either order stand in that of their names.
 *
 * Throws where models read each other in a circle.
 */
export function dependencyOrder(models: readonly Model[]): Model[] {
  const ordered: Model[] = [];
  let left = [...models].sort((one, other) => one.name.localeCompare(other.name));
  while (left.length > 0) {
    const ready = left.filter((model) => !left.some((other) => other !== model && reads(model, other)));
    if (ready.length === 0) throw new Error(`models read each other in a circle: ${left.map(({ name }) => name).join(', ')}`);
    ordered.push(...ready);
    left = left.filter((model) => !ready.includes(model));
  }
  return ordered;
}

/** Whether one model's SQL reads another's table or its changes. */
export function reads({ sql }: Model, { schema, name }: Model): boolean {
  return new RegExp(`\\b(${schema}\\.${name}|${name}_added|${name}_removed)\\b`).test(sql.replace(/--.*/g, ''));
}

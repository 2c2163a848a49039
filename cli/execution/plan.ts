import { z } from 'zod';

interface State {
  readonly Type: string;
  readonly Next?: string | undefined;
  readonly End?: boolean | undefined;
  readonly Default?: string | undefined;
  readonly Choices?: readonly { readonly Next: string }[] | undefined;
  readonly Branches?: readonly Machine[] | undefined;
}

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const State: z.ZodType<State> = z.lazy(() =>
  z.object({
    Type: z.string(),
    Next: z.string().optional(),
    End: z.boolean().optional(),
    Default: z.string().optional(),
    Choices: z.array(z.object({ Next: z.string() })).optional(),
    Branches: z.array(Machine).optional(),
  }),
);
const Machine: z.ZodType<Machine> = z.lazy(() => z.object({ StartAt: z.string(), States: z.record(z.string(), State) }));

/** Steps have names in PascalCase; the states a step is made of have names in words. */
const STEP_NAME = /^[A-Z][A-Za-z0-9]*$/;

/**
 * The steps of a state machine in the order in which a run that goes well takes them, from its definition: tasks, and
 * parallel states that hold no further step. What only leads to a Fail state, as reporting a failure does, is not in it.
 */
export function plannedSteps(definition: string): string[] {
  return stepsOf(Machine.parse(JSON.parse(definition)));
}

function stepsOf(machine: Machine): string[] {
  return wayThrough(machine).flatMap((name) => {
    const state = machine.States[name];
    const inner = state?.Branches?.flatMap(stepsOf) ?? [];
    if (inner.length > 0) return inner;
    return STEP_NAME.test(name) && ['Task', 'Parallel', 'Map'].includes(state?.Type ?? '') ? [name] : [];
  });
}

/** The states that are on some way from the start to a good end. */
function wayThrough(machine: Machine): string[] {
  const seen: string[] = [];
  const waiting = [machine.StartAt];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.includes(name) || !canEndWell(machine, name, new Set())) continue;
    seen.push(name);
    waiting.push(...following(machine.States[name]));
  }
  return seen;
}

function canEndWell(machine: Machine, name: string, visited: Set<string>): boolean {
  const state = machine.States[name];
  if (state === undefined || visited.has(name)) return false;
  if (state.Type === 'Succeed' || state.End === true) return true;
  visited.add(name);
  return following(state).some((next) => canEndWell(machine, next, visited));
}

function following(state: State | undefined): string[] {
  const choices = state?.Choices?.map(({ Next }) => Next) ?? [];
  return [state?.Next, state?.Default, ...choices].filter((name) => name !== undefined);
}

import { resourcesOf } from './templates';

export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string; readonly [rule: string]: unknown }[];
  readonly Branches?: readonly Machine[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly [how: string]: unknown }[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly Next: string;
    readonly ResultPath: string;
  }[];
  readonly [field: string]: unknown;
}

export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** The definition of a state machine of prod, or of other resources: references inside it as `${LogicalId.Attribute}`. */
export function machineOf(name: string, resources = resourcesOf('prod', 'AWS::StepFunctions::StateMachine')): Machine {
  const machines = Object.values(resources);
  const machine = machines.find(({ Properties }) => Properties?.['StateMachineName'] === name);
  const { 'Fn::Join': join } = machine?.Properties?.['DefinitionString'] as { 'Fn::Join': [string, unknown[]] };
  const text = join[1].map((part) =>
    typeof part === 'string'
      ? part
      : `\${${Object.values(part as object)
          .flat()
          .join('.')}}`,
  );
  return JSON.parse(text.join('')) as Machine;
}

/** The states that a run goes through when nothing fails: of a choice what it does otherwise. */
export function path(inside: Machine): string[] {
  const names: string[] = [];
  for (let name: string | undefined = inside.StartAt; name !== undefined;) {
    names.push(name);
    const { Next, Default }: State = inside.States[name] ?? { Type: 'missing' };
    name = Next ?? Default;
  }
  return names;
}

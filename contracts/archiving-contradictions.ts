import { hasLastJob } from './archiving';
import type { Odcs } from './odcs';
import type { PlacedFault } from './yaml-source';

/** That files wait for the event of a job which no run of theirs ends with. */
export function archivingContradictionsIn({ customProperties }: Odcs): PlacedFault[] {
  const targets = customProperties.find((each) => each.property === 'targets')?.value ?? [];
  if (hasLastJob({ targets })) return [];
  const message =
    'expected step: by event is archived what one Glue job comes last for, so at most one target, and not Snowflake';
  return customProperties.flatMap(({ property, value }, index) =>
    property === 'archiving' && value === 'event' ? [{ path: ['customProperties', index, 'value'], message }] : [],
  );
}

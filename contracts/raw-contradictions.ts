import type { Extra, Odcs } from './odcs';
import { hasSilver } from './targets';
import type { PlacedFault } from './yaml-source';

type Path = readonly PropertyKey[];
type Given<Key extends Extra['property']> = Extract<Extra, { property: Key }>;

/** What a contract says of its files that its targets cannot keep: only Snowflake takes files as they are. */
export function rawContradictionsIn({ customProperties, schema }: Odcs): PlacedFault[] {
  const find = <Key extends Extra['property']>(key: Key) => {
    const index = customProperties.findIndex(({ property }) => property === key);
    const extra = customProperties[index] as Given<Key> | undefined;
    return { value: extra?.value as Given<Key>['value'] | undefined, path: ['customProperties', index, 'value'] as Path };
  };
  const [csv, inbox, { value: targets }] = [find('csv'), find('inbox'), find('targets')];
  if (targets === undefined) return [];
  const faults: PlacedFault[] = [];
  const refuse = (path: Path, message: string) => faults.push({ path, message });
  if (hasSilver({ targets })) {
    if (csv.value?.header === 'optional')
      refuse([...csv.path, 'header'], 'expected required: only files for Snowflake alone may come without a header');
    return faults;
  }
  if (inbox.value?.filePattern.includes('{format}'))
    refuse([...inbox.path, 'filePattern'], 'expected no {format}: Snowflake is loaded from the CSV as it is');
  const thresholds = customProperties.findIndex(({ property }) => property === 'thresholds');
  if (thresholds >= 0)
    refuse(
      ['customProperties', thresholds, 'property'],
      'expected no thresholds: dbt checks the rows, and scores none; remove them',
    );
  if (schema.length > 1) refuse(['schema', 1, 'name'], 'expected no model: those of Snowflake are made by dbt; remove it');
  return faults;
}

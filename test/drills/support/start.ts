import { TestLaptop } from '../../acceptance/laptop';

/** Starts the laptop of the drills, with nothing in it, and fills the clean tables; ends it with all that it holds. */
export default async function start(): Promise<() => Promise<void>> {
  const laptop = new TestLaptop(process.env['ASSAY_LAPTOP'] ?? 'drills');
  // A laptop that runs, is used as it is, and can be looked at afterwards.
  const isKept = process.env['ASSAY_DRILLS_KEEP'] !== undefined;
  if (!isKept) await laptop.startClean();
  const { prepareClean } = await import('./clean.ts');
  await prepareClean();
  return async () => {
    if (!isKept) await laptop.discard();
  };
}

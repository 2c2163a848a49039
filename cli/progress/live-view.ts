import {
  Listr,
  ListrLogger,
  DefaultRenderer,
  ProcessOutput,
  type ListrDefaultRendererLogLevels,
  type ListrTask,
  type ListrTaskWrapper,
  type SimpleRenderer,
} from 'listr2';
import { visible } from '../output/table';
import { FileState } from './file-state';
import { nameWidth, stepLine } from './step-line';
import type { FileEvent, ProgressView } from './view';

type Task = ListrTask<unknown, typeof StderrRenderer, typeof SimpleRenderer>;
type RunningTask = ListrTaskWrapper<unknown, typeof StderrRenderer, typeof SimpleRenderer>;

/** listr2 draws only where stdout is a terminal; but stdout is the result's, and may well go into a file. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** Two looks at a run are this far apart at the most; times go on in between. */
const REDRAW_EVERY_MS = 200;

/** A tree on the terminal, redrawn: files, and under each the steps of its run. */
export class LiveView implements ProgressView {
  private readonly states: ReadonlyMap<string, FileState>;
  private readonly drawn: Promise<unknown>;

  constructor(files: readonly string[], stream: NodeJS.WriteStream = process.stderr) {
    this.states = new Map(files.map((file) => [file, new FileState()]));
    const processOutput = new ProcessOutput(stream, stream);
    const logger = new ListrLogger<ListrDefaultRendererLogLevels>({ useIcons: false, processOutput });
    this.drawn = new Listr(
      [...this.states].map(([file, state]) => fileTask(visible(file), state)),
      {
        renderer: StderrRenderer,
        concurrent: true,
        exitOnError: false,
        registerSignalListeners: false,
        fallbackRendererCondition: false,
        rendererOptions: { logger, collapseSubtasks: false, collapseErrors: false, showErrorMessage: false },
      },
    ).run();
  }

  show(file: string, event: FileEvent): void {
    this.states.get(file)?.take(event);
  }

  async close(): Promise<void> {
    for (const state of this.states.values()) state.take({ kind: 'given up', reason: 'interrupted' });
    await this.drawn;
  }
}

function fileTask(file: string, state: FileState): Task {
  return {
    title: file,
    task: async (_, task) => {
      const draw = (): void => void (task.title = state.text === '' ? file : `${file}  ${state.text}`);
      // The title follows the file to the end, beyond what is awaited here.
      void state.until(() => state.isOver, draw);
      await state.until(
        () => state.isOver || (state.run?.steps.length ?? 0) > 0,
        () => undefined,
      );
      const steps = state.run?.steps.map(({ name }) => name) ?? [];
      if (steps.length > 0) {
        const children = steps.map((name) => stepTask(name, state));
        return task.newListr(children, { concurrent: false, exitOnError: true });
      }
      if (state.run?.status === 'skipped') return task.skip(task.title);
      if (state.isBad) throw new Error(task.title);
      return undefined;
    },
  };
}

function stepTask(name: string, state: FileState): Task {
  return { title: name, task: (_, task) => watchStep(name, state, task) };
}

async function watchStep(name: string, state: FileState, task: RunningTask): Promise<void> {
  const step = (): NonNullable<FileState['run']>['steps'][number] | undefined =>
    state.run?.steps.find((each) => each.name === name);
  const draw = (): void => {
    const now = step();
    if (now) task.title = stepLine(now, new Date(), nameWidth(state.run?.steps ?? []));
  };
  const ticking = setInterval(draw, REDRAW_EVERY_MS);
  try {
    await state.until(() => state.isOver || (step()?.endedAt ?? null) !== null, draw);
  } finally {
    clearInterval(ticking);
  }
  // Not come to, or not in the history: an emulator may keep none of what happens in a branch.
  const status = step()?.status;
  if (status === 'pending') task.skip(name);
  else if (status !== 'succeeded') throw new Error(task.title);
}

/** Something the user can put right. The message is one line that says what is wrong and what to do next. */
export class UserError extends Error {}

/** A command line that cannot be understood. */
export class UsageError extends Error {}

/** The user, or the machine, asked the command to stop. */
export class Interrupted extends Error {
  constructor(readonly exitCode: 130 | 143) {
    super('interrupted');
  }
}

/** What an error that came from elsewhere says, for a message of ours. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

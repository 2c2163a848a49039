import { CommanderError } from 'commander';
import { ContractError } from '../contracts/contract-error';
import { Interrupted, UsageError, UserError } from './failure';
import { firstLine } from './output/lines';

export interface Ending {
  readonly code: number;
  /** For the user; nothing when all has been said. */
  readonly message?: string;
}

const LOG_HINT = 'ASSAY_DEBUG=1 shows where; `npx assay status` names the logs';

/** How a command that threw ends: its exit code, and one line that says what is wrong and what to do. */
export function endingOf(error: unknown, signal: AbortSignal): Ending {
  if (signal.aborted && signal.reason instanceof Interrupted) return { code: signal.reason.exitCode, message: 'interrupted' };
  // Commander has printed its own message.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof UsageError) return { code: 2, message: error.message };
  if (error instanceof ContractError) return { code: 1, message: error.message };
  if (error instanceof UserError) return { code: 1, message: error.message };
  return { code: 1, message: knownTrouble(error) ?? unexpected(error) };
}

/** Trouble of an AWS call that the user can do something about. */
function knownTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name } = error;
  const code = 'code' in error ? String(error.code) : '';
  if (/CredentialsProviderError|ExpiredToken|UnrecognizedClient|InvalidClientToken/.test(name)) {
    return `no valid AWS credentials (${firstLine(error.message)}): sign in, or set AWS_PROFILE`;
  }
  if (/Region is missing/.test(error.message)) return 'no AWS region is set: set AWS_REGION';
  if (/AccessDenied/.test(name)) return `AWS refuses this: ${firstLine(error.message)}`;
  if (/^(ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code)) return 'AWS does not answer: for the laptop see `npx assay status`';
  if (/^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/.test(code))
    return `AWS cannot be reached (${code}): check the network and AWS_REGION`;
  return undefined;
}

function unexpected(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `unexpected ${firstLine(text)} (${LOG_HINT})`;
}

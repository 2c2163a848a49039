import type { Output } from './output';

/** The command's result: for scripts one JSON document, for people text. */
export function print(output: Output, json: boolean, document: unknown, text: () => string): void {
  output.result(json ? JSON.stringify(document) : text());
}

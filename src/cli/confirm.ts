import type { Readable } from 'node:stream';
import type { CliIo } from './io.js';

/**
 * Asks before something is done that cannot be undone; no is the default. Off a terminal the question is printed as
 * it is and one line is read, of which `y`, `t`, `true` and `1` mean yes: what docker compose takes from scripts.
 */
export async function confirm({ stdin, stdout }: CliIo, question: string): Promise<boolean> {
  stdout.write(stdin.isTty ? `? ${question} (y/N) ` : question);
  const answer = (await firstLine(stdin.stream)).trim();
  return stdin.isTty ? /^(y|yes)$/i.test(answer) : /^(y|t|true|1)$/i.test(answer);
}

async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

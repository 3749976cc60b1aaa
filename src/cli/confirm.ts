import type { Readable } from 'node:stream';
import type { CliIo } from './io.js';

/**
 * Asks before something is done that cannot be undone; no is what Enter means, unless `enter` says otherwise. Off a terminal the question is printed as
 * it is and one line is read, of which `y`, `t`, `true` and `1` mean yes: what docker compose takes from scripts.
 */
export async function confirm(
  { stdin, stdout, foot }: CliIo,
  question: string,
  enter: 'yes' | 'no' = 'no',
): Promise<boolean> {
  stdout.write(stdin.isTty ? `? ${question} ${enter === 'yes' ? '(Y/n)' : '(y/N)'} ` : question);
  const answer = (await firstLine(stdin.stream)).trim();
  if (stdin.isTty) foot.lineEnded();
  if (stdin.isTty && answer === '') return enter === 'yes';
  return stdin.isTty ? /^(y|yes)$/i.test(answer) : /^(y|t|true|1)$/i.test(answer);
}

/** The rest stays for the next question; meanwhile the stream keeps nobody waiting. */
async function firstLine(stream: Readable & { ref?(): void; unref?(): void }): Promise<string> {
  let text = '';
  stream.ref?.();
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  stream.unref?.();
  const end = text.indexOf('\n');
  if (end === -1) return text;
  const rest = text.slice(end + 1);
  if (rest !== '') stream.unshift(rest);
  return text.slice(0, end);
}

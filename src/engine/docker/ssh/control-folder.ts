import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

/** Of the path of a Unix socket, on the strictest system; ssh appends 17 characters while it makes one. */
const mostCharacters = 104 - 18;

/**
 * Waits for the end of what it reads, which comes when this process closes it and when the process ends, however it
 * does. Then it ends each ssh that listens in the folder, and removes the folder.
 */
const keeper = `
read -r _
for path in "$1"/*; do
  if [ -S "$path" ]; then ssh -F /dev/null -o ControlPath="$path" -O exit nobody; fi
done
rm -rf "$1"
`;

/** A folder for nobody else, in which ssh listens for those who share its connection. */
export interface ControlFolder {
  readonly path: string;
  /** Ends what listens in it, and removes it, which may take some milliseconds more. */
  close(): void;
}

export async function makeControlFolder(environment: NodeJS.ProcessEnv): Promise<ControlFolder> {
  const path = await mkdtemp(join(parentFor(environment.TMPDIR), 'tscompose-ssh-'));
  // In a session of its own: Ctrl-C at the terminal is for us.
  const child = spawn('/bin/sh', ['-c', keeper, 'sh', path], {
    env: environment,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.once('error', () => {});
  child.unref();
  const { stdin } = child;
  stdin.on('error', () => {}); // It was killed. ssh ends by itself then, when nobody has used it for a while.
  if ('unref' in stdin) (stdin as unknown as { unref(): void }).unref();
  return { path, close: () => stdin.end() };
}

/** The usual place for temporary files, unless paths there are too long, or are more than a word to ssh. */
function parentFor(usual: string | undefined): string {
  const isFit =
    usual !== undefined &&
    /^\/[\w/.+-]+$/.test(usual) &&
    join(usual, 'tscompose-ssh-123456', '99').length <= mostCharacters;
  return isFit ? usual : '/tmp';
}

import { spawn } from 'node:child_process';
import type { Credentials } from './registry-login.js';

/** What came of running a credential helper. */
export type HelperAnswer =
  | { readonly kind: 'answered'; readonly output: string }
  /** There is no such program. */
  | { readonly kind: 'missing' }
  /** It ended with another code than 0, as helpers also do for a server that they do not know. */
  | { readonly kind: 'refused'; readonly output: string };

const limitMs = 20_000;
const longestComplaint = 200;

/**
 * The credentials that a helper keeps for a server, or undefined. A helper that is missing or fails is complained about
 * through `warn`, and the work goes on without credentials: many images need none.
 */
export async function askHelper(
  helper: string,
  server: string,
  environment: ReadonlyMap<string, string>,
  warn: (text: string) => void,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  const answer = await runHelper(program, 'get', server, environment);
  if (answer.kind === 'missing') {
    warn(
      `the credential helper ${program} is not in PATH: ${server} is asked without credentials; install it, or take it out of config.json`,
    );
    return undefined;
  }
  if (answer.kind === 'refused') {
    if (!/credentials not found|no credentials|not found in/i.test(answer.output))
      warn(`the credential helper ${program} failed for ${server}${complaint(answer.output)}`);
    return undefined;
  }
  const found = readAnswer(answer.output);
  if (found === undefined) warn(`the credential helper ${program} does not answer in JSON for ${server}`);
  if (found?.Secret === undefined || found.Secret === '') return undefined;
  return found.Username === '<token>'
    ? { identitytoken: found.Secret, serveraddress: server }
    : { username: found.Username ?? '', password: found.Secret, serveraddress: server };
}

/** Runs a helper with a line of input. It may be called for every image: it gets little time. */
export function runHelper(
  program: string,
  verb: 'get' | 'list',
  input: string,
  environment: ReadonlyMap<string, string>,
): Promise<HelperAnswer> {
  return new Promise((resolve) => {
    const child = spawn(program, [verb], {
      env: Object.fromEntries(environment),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // The limit that spawn itself has goes on after a program that is not there, and would keep us alive.
    const limit = setTimeout(() => child.kill(), limitMs);
    const end = (answer: HelperAnswer) => {
      clearTimeout(limit);
      resolve(answer);
    };
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => end({ kind: 'missing' }));
    child.once('close', (code) => {
      const output = Buffer.concat(chunks).toString('utf8');
      end({ kind: code === 0 ? 'answered' : 'refused', output });
    });
    child.stdin.on('error', () => {}); // It may end without reading.
    child.stdin.end(input);
  });
}

function readAnswer(output: string): { Username?: string; Secret?: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(output);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Helpers complain on standard output. What looks like an answer is not shown: it may hold a secret. */
function complaint(output: string): string {
  const line = output.trim().split('\n')[0] ?? '';
  return line === '' || output.includes('Secret') ? '' : `: ${line.slice(0, longestComplaint)}`;
}

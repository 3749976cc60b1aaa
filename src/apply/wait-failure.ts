import type { Engine } from '../engine/engine.js';
import type { ObservedContainerDetails } from '../model/observed.js';
import { redactText } from '../model/redact.js';
import { WaitError } from '../problems/errors.js';

const probesShown = 3;
const logLinesShown = 10;

/** Who was waited for. */
export interface WaitedFor {
  readonly id: string;
  readonly name: string;
  readonly service: string;
}

/**
 * The failure of a wait with what explains it: the last probes, how the process ended, the end of its log; and where to
 * look further.
 */
export async function waitFailure(
  target: WaitedFor,
  failed: string,
  details: ObservedContainerDetails,
  engine: Engine,
  signal: AbortSignal,
): Promise<WaitError> {
  const log = await logTail(engine, target.id, signal);
  const evidence = [
    ...endOf(details),
    ...(details.health === 'unhealthy' && details.state === 'running' ? probes(details) : []),
    ...(log.length === 0
      ? [`the log of ${target.name} is empty`]
      : [`last log lines of ${target.name}:`, ...indent(log)]),
  ];
  return new WaitError(target.name, failed, { evidence, hint: hintOf(details, target.service) });
}

function hintOf({ state, health, service: made }: ObservedContainerDetails, service: string): string {
  const log = `the whole log: tscompose logs ${service}`;
  if (state === 'paused') return `let it go on: tscompose unpause ${service}`;
  if (state !== 'running') return log;
  if (health === undefined)
    return `give service "${service}" a healthcheck, or wait for service_started instead of service_healthy`;
  const test = made.healthcheck?.test ?? [];
  if (test.length < 2) return log;
  return `${log}; the check by hand: ${redactText(`tscompose exec ${service} ${commandOf(test)}`)}`;
}

/** What a health check runs, for a shell. */
function commandOf([form = '', ...words]: readonly string[]): string {
  return (form === 'CMD-SHELL' ? ['sh', '-c', ...words] : words).map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function probes({ healthLog, service }: ObservedContainerDetails): string[] {
  const healthTest = service.healthcheck?.test;
  const test = healthTest === undefined ? [] : [`health check: ${redactText(healthTest.join(' '))}`];
  const last = healthLog.slice(-probesShown).map(({ exitCode, output }) => {
    const text = output.trim();
    return `probe exited with ${exitCode}${text === '' ? ', without output' : `: ${text}`}`;
  });
  return [...test, ...last];
}

function endOf({ state, exitCode, isOomKilled, errorText }: ObservedContainerDetails): string[] {
  if (state !== 'exited' && state !== 'dead') return [];
  const lines: string[] = [];
  if (isOomKilled) lines.push('it was killed because it used more memory than its limit');
  else if (exitCode > 128) lines.push(`it was ended by signal ${exitCode - 128}`);
  if (errorText !== '') lines.push(errorText);
  return lines;
}

/** Evidence is a courtesy: when the log cannot be read, the failure is reported without it. */
async function logTail(engine: Engine, id: string, signal: AbortSignal): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  try {
    const options = { follow: false, tail: logLinesShown, timestamps: false };
    for await (const chunk of engine.readLogs(id, options, signal)) chunks.push(chunk.data);
  } catch {
    return [];
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

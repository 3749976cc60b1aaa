import { doctor } from '../../doctor.js';
import type { HostFacts } from '../../model/host-facts.js';
import { findingLines, findingsJson } from '../../report/finding-lines.js';
import { loopFolder, runningLoop } from '../background/loop-file.js';
import { colorsFor } from '../colors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { DoctorOptions } from '../options/doctor-options.js';
import { lines } from '../write-out.js';

/** Exit code 1 when there is a problem; warnings are none. */
export async function runDoctor(
  context: CommandContext,
  _args: string[],
  { format }: DoctorOptions,
): Promise<number> {
  const { io } = context;
  const { findings, texts } = await doctor({
    surroundings: { environment: io.environment, homeDir: io.homeDir },
    connect: (signal) => context.connect(signal),
    load: context.loadRequest(),
    io: io.load,
    host: await hostFacts(context),
    clock: io.clock,
  });
  context.addTexts(texts);
  if (format === 'json') io.stdout.write(`${findingsJson(findings)}\n`);
  else {
    const { bold, green, yellow, red, dim } = colorsFor(io.stdout, io, context.globals);
    const paint = { topic: bold, ok: green, warning: yellow, problem: red, quiet: dim };
    io.stdout.write(lines(findingLines(findings, { paint, showSpan: context.showSpan })));
  }
  return findings.some(({ state }) => state === 'problem') ? exitCode.failed : exitCode.ok;
}

async function hostFacts({ io }: CommandContext): Promise<HostFacts> {
  if (io.hostFacts !== undefined) return io.hostFacts;
  const { nodeHostFacts } = await import('../../host/facts/host-facts.js');
  const { isRunning } = await import('../../client/is-running.js');
  const { environment, homeDir, clock } = io;
  const processes = { pid: process.pid, isRunning };
  return {
    ...nodeHostFacts({ environment, homeDir, clock, processes }),
    keeper: (project) => runningLoop(loopFolder(io, project)),
  };
}

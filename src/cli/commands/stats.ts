import type { Engine } from '../../engine/engine.js';
import type { UsageOfContainer } from '../../model/looks.js';
import { readUsageOnce, type UsageRequest, watchUsage } from '../../operate/stats.js';
import { formatRows } from '../../report/row-format.js';
import { usageRow, usageRows } from '../../report/usage-row.js';
import { chosenFormat } from '../client-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import type { StatsOptions } from '../options/stats-options.js';
import { ownText } from '../own-text.js';
import { writeOut } from '../write-out.js';

const redrawMs = 500;

export async function runStats(
  context: CommandContext,
  [service]: string[],
  options: StatsOptions,
): Promise<number> {
  const project = await findProjectName(context);
  const format = await chosenFormat(options.format, 'statsFormat', context.io);
  const request: UsageRequest = { project, service, scope: options.all === true ? 'all' : 'running' };
  const show = (found: readonly UsageOfContainer[]) =>
    formatRows(
      found.map((each) => usageRow(each, options.trunc ? 'short' : 'full')),
      usageRows,
      format,
    );
  const engine = await context.connect();
  try {
    return await withInterrupts(context.io, async ({ drain }) => {
      if (options.stream) await redraw(context, engine, request, show, drain);
      else context.io.stdout.write(show(await readUsageOnce(engine, request, drain)));
      return drain.aborted ? exitCode.cancelled : exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

/** On a terminal each list is drawn over the one before; elsewhere it follows it. */
async function redraw(
  { io }: CommandContext,
  engine: Engine,
  request: UsageRequest,
  show: (found: readonly UsageOfContainer[]) => string,
  signal: AbortSignal,
): Promise<void> {
  const screen = { ...io.stdout, write: io.stdout.writeRaw };
  if (io.stdout.isTty) await writeOut(screen, clearScreen);
  for await (const found of watchUsage(engine, request, redrawMs, signal)) {
    const text = show(found);
    if (io.stdout.isTty) await writeOut(screen, overPrevious(ownText(text)));
    else await writeOut(io.stdout, text);
  }
}

const clearScreen = '\x1b[2J\x1b[H';

/** From the top; the rest of each line and of the screen is cleared, so that nothing flickers. */
function overPrevious(text: string): string {
  return `\x1b[H${text.replaceAll('\n', '\x1b[K\n')}\x1b[J`;
}

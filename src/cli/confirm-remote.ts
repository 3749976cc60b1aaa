import type { ListedVariable } from '../load/interpolate-text.js';
import { allStages } from '../load/load-options.js';
import { isRemoteFile } from '../load/remote/remote-sources.js';
import { redactUrls, redactValue } from '../model/redact.js';
import { UsageError } from '../problems/errors.js';
import { formatTable } from '../report/table.js';
import type { CommandContext } from './command-context.js';
import { confirm } from './confirm.js';

/**
 * Before a project of elsewhere is run: says where it is kept, asks about what else it brings along, and shows which
 * variables of this person it gets. Throws UsageError for a no.
 */
export async function confirmRemote(context: CommandContext, services: readonly string[]): Promise<void> {
  const { io, globals } = context;
  const [first] = globals.file;
  if (first === undefined || !isRemoteFile(first) || globals.dryRun === true) return;
  const { loadModel } = await import('../load/load-model.js');
  const { usedVariables } = await import('../load/list-config.js');
  const raw = { ...allStages, interpolate: 'no', normalize: 'no', consistency: 'no' } as const;
  const result = await loadModel(context.loadRequest(services, 'accept'), io.load, raw);
  if (!result.ok) return;
  const { source } = result.model;
  io.stdout.write(`Your compose stack "${redactUrls(first)}" is stored in "${source.workingDir}"\n`);
  const further = [...context.fetched].filter((reference) => !globals.file.includes(reference));
  if (further.length > 0) await agree(context, furtherQuestion(further), 'no');
  const rows = usedVariables(result.model).map((variable) =>
    rowOf(variable, source.environment, io.environment),
  );
  if (rows.length === 0) return;
  const titles = ['VARIABLE', 'VALUE', 'SOURCE', 'REQUIRED', 'DEFAULT'];
  io.stdout.write(`\nFound the following variables in configuration:\n${formatTable(titles, rows)}\n`);
  await agree(context, 'Do you want to proceed with these variables? [Y/n]: ', 'yes');
}

async function agree({ io, globals }: CommandContext, question: string, enter: 'yes' | 'no'): Promise<void> {
  if (globals.answers === 'yes' || (await confirm(io, question, enter))) return;
  throw new UsageError('operation cancelled by user', { code: 'cancelled' });
}

function furtherQuestion(references: readonly string[]): string {
  const lines = references.map((reference) => `  - ${redactUrls(reference)}`);
  return ['It takes files of elsewhere:', ...lines, 'Do you trust them, and want to continue? '].join('\n');
}

function rowOf(
  { name, required, defaultValue }: ListedVariable,
  all: ReadonlyMap<string, string>,
  process: ReadonlyMap<string, string>,
): string[] {
  const given = all.get(name);
  const source = process.has(name) ? 'environment' : given === undefined ? 'compose file' : 'env file';
  const value = redactValue(name, given ?? defaultValue);
  return [name, value, source, required ? 'yes' : 'no', defaultValue];
}

import { listProjects } from '../../operate/list-projects.js';
import { UsageError } from '../../problems/errors.js';
import { projectRow, projectRows } from '../../report/project-row.js';
import { formatRows } from '../../report/row-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { LsOptions } from '../options/ls-options.js';
import { lines } from '../write-out.js';

export async function runLs(context: CommandContext, _args: string[], options: LsOptions): Promise<number> {
  const name = namePattern(options.filter);
  const engine = await context.connect();
  try {
    const projects = await listProjects(engine, { scope: options.all === true ? 'all' : 'running', name });
    for (const project of projects) {
      if (project.configFiles.length === 0)
        context.reporter.warn(`project "${project.name}" does not tell which files it was made from`);
    }
    const text =
      options.quiet === true
        ? lines(projects.map((project) => project.name))
        : formatRows(projects.map(projectRow), projectRows(projects), options.format);
    context.io.stdout.write(text);
    return exitCode.ok;
  } finally {
    engine.close();
  }
}

/** All patterns must be found in a name. */
function namePattern(filters: readonly string[]): RegExp | undefined {
  const patterns = filters.map((filter) => {
    const [, key = filter, pattern] = /^([^=]*)=(.*)$/s.exec(filter) ?? [];
    if (key !== 'name') throw new UsageError(`invalid filter '${key}'`, { hint: 'write name=<pattern>' });
    return pattern ?? '';
  });
  if (patterns.length === 0) return undefined;
  try {
    return new RegExp(patterns.map((pattern) => `(?=.*(?:${pattern}))`).join(''));
  } catch {
    throw new UsageError(`"${patterns.join('", "')}" is no regular expression`);
  }
}

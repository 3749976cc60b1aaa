import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { HostFacts } from '../../model/host-facts.js';
import type { Project } from '../../model/project.js';
import type { Diagnostic } from '../../problems/diagnostic.js';

/** What the files say, and what is wrong with them. */
export function projectFindings(project: Project | undefined, diagnostics: readonly Diagnostic[]): Finding[] {
  const found: Finding[] = project === undefined ? [] : [foundProject(project)];
  return [...found, ...diagnostics.map((diagnostic) => diagnosticFinding('files', diagnostic))];
}

function foundProject({ name, configFiles, services, inactiveServices }: Project): Finding {
  const inactive = inactiveServices.size === 0 ? '' : `, ${inactiveServices.size} more off by their profiles`;
  const count = `${services.size} ${services.size === 1 ? 'service' : 'services'}`;
  return {
    topic: 'project',
    check: 'files',
    state: 'ok',
    text: `project "${name}": ${count}${inactive}, from ${configFiles.join(', ')}`,
  };
}

/** No files is no problem: then it is about the machine. */
export function noProject(directory: string): Finding {
  return {
    topic: 'project',
    check: 'files',
    state: 'ok',
    text: `no Compose file in ${directory} or above it: only the machine was looked at`,
  };
}

export function diagnosticFinding(
  check: string,
  { severity, code, message, hint, span }: Diagnostic,
): Finding {
  return {
    topic: 'project',
    check,
    state: severity === 'error' ? 'problem' : 'warning',
    text: `${message} (${code})`,
    ...given({ advice: hint, span }),
  };
}

/** Who changes or keeps the project just now: often the answer to why it does not do as one says. */
export async function holderFindings(
  project: string,
  engineAddress: string | undefined,
  host: Pick<HostFacts, 'lockHolder' | 'keeper'>,
  nowMs: number,
): Promise<Finding[]> {
  const holder =
    engineAddress === undefined ? undefined : await host.lockHolder({ project, engine: engineAddress });
  const keeper = await host.keeper(project);
  const findings: Finding[] = [];
  if (holder !== undefined) {
    const { command, pid, directory, otherHost, sinceMs } = holder;
    const where = otherHost === undefined ? '' : ` on ${otherHost}`;
    const seconds = Math.max(0, Math.round((nowMs - sinceMs) / 1000));
    findings.push({
      topic: 'project',
      check: 'lock',
      state: 'warning',
      text: `\`${command}\` in ${directory} changes this project since ${seconds} s (process ${pid}${where}): other commands wait for it`,
      advice: 'let it end, or end that process',
    });
  }
  if (keeper !== undefined) {
    findings.push({
      topic: 'project',
      check: 'keeper',
      state: 'ok',
      text: `\`${keeper.command}\` (process ${keeper.pid}) keeps this project as its files say: it undoes what is changed by hand`,
    });
  }
  return findings;
}

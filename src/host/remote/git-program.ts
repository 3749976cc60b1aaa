import type { HostProgramEnd, HostPrograms } from '../../model/host-programs.js';
import { redactUrls } from '../../model/redact.js';
import { UsageError } from '../../problems/errors.js';

/** The `git` of this host, for looking and fetching: it never asks anybody, and runs nothing that a repository brings. */
export class GitProgram {
  readonly #programs: HostPrograms;
  readonly #environment: ReadonlyMap<string, string>;

  constructor(programs: HostPrograms, environment: ReadonlyMap<string, string>) {
    this.#programs = programs;
    this.#environment = environment;
  }

  /** Lines of standard output. `about`: what it is for, in messages. Throws UsageError when git is missing or fails. */
  async run(args: readonly string[], about: string): Promise<string[]> {
    const path = await this.#programs.find('git');
    if (path === undefined)
      throw new UsageError(`git is not installed, and ${about} is in a Git repository`, {
        code: 'config/remote',
        hint: 'install git, or fetch it yourself and name the local copy',
      });
    const lines: string[] = [];
    const end = await this.#programs.run({
      path,
      args: [...safely, ...args],
      environment: new Map([
        ['GIT_TERMINAL_PROMPT', '0'],
        ['GIT_ASKPASS', 'true'],
        ['SSH_ASKPASS_REQUIRE', 'never'],
        ['GIT_SSH_COMMAND', this.#environment.get('GIT_SSH_COMMAND') ?? 'ssh -o BatchMode=yes'],
        ['LC_ALL', 'C'],
      ]),
      onLine: (line) => lines.push(line),
    });
    if (end.exitCode === 0) return lines;
    throw failure(end, about);
  }
}

const safely = [
  ...['-c', 'core.hooksPath=/dev/null', '-c', 'protocol.ext.allow=never', '-c', 'submodule.recurse=false'],
  ...['-c', 'advice.detachedHead=false', '-c', 'init.defaultBranch=main'],
];

function failure({ errorLines, exitCode }: HostProgramEnd, about: string): UsageError {
  const evidence = errorLines.map(redactUrls).filter((line) => line.trim() !== '');
  const said = evidence.join('\n');
  const [what, hint] = meaningOf(said) ?? [`git ends with ${exitCode}`, undefined];
  const words = evidence.findLast((line) => /^(fatal|error|ERROR):/.test(line)) ?? evidence.at(-1) ?? '';
  return new UsageError(`cannot get ${about}: ${what}${words === '' ? '' : ` (${words.trim()})`}`, {
    code: 'config/remote',
    evidence,
    ...(hint === undefined ? {} : { hint }),
  });
}

function meaningOf(said: string): readonly [what: string, hint: string] | undefined {
  if (
    /Authentication failed|could not read (?:Username|Password)|Permission denied|terminal prompts disabled|403/.test(
      said,
    )
  )
    return [
      'it wants a login',
      'log in with a credential helper of git, or use an ssh key that an agent has',
    ];
  if (/[Rr]epository .*not found|does not exist|does not appear to be a git repository|not found/.test(said))
    return ['there is no such repository', 'check the address, and whether you may see it'];
  if (
    /Could not resolve host|Connection refused|unable to access|timed out|Network is unreachable/.test(said)
  )
    return ['it cannot be reached', 'check the address and the network'];
  return undefined;
}

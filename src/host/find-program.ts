import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What of the outside decides which program a name means. */
export interface ProgramSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly homeDir: string;
}

/** Where docker's packages put plugins for all users. */
const systemPluginDirs = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

/** Docker's plugin `docker-<name>`, else the program `<name>` in PATH. A name with a slash is none. */
export async function findProgram(
  name: string,
  surroundings: ProgramSurroundings,
): Promise<string | undefined> {
  if (name === '' || /[/\\]/.test(name)) return undefined;
  const path = surroundings.environment.get('PATH') ?? '';
  const plugins = (await pluginDirs(surroundings)).map((dir) => join(dir, `docker-${name}`));
  const programs = path.split(delimiter).flatMap((dir) => (dir === '' ? [] : [join(dir, name)]));
  for (const candidate of [...plugins, ...programs]) {
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function pluginDirs({ environment, homeDir }: ProgramSurroundings): Promise<string[]> {
  const configured = environment.get('DOCKER_CONFIG');
  const configDir = configured === undefined || configured === '' ? join(homeDir, '.docker') : configured;
  return [join(configDir, 'cli-plugins'), ...(await extraDirs(configDir)), ...systemPluginDirs];
}

/** `cliPluginsExtraDirs` of docker's own configuration. */
async function extraDirs(configDir: string): Promise<string[]> {
  try {
    const config: unknown = JSON.parse(await readFile(join(configDir, 'config.json'), 'utf8'));
    const dirs = (config as { cliPluginsExtraDirs?: unknown } | null)?.cliPluginsExtraDirs;
    return Array.isArray(dirs) ? dirs.filter((dir): dir is string => typeof dir === 'string') : [];
  } catch {
    return [];
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Finds what is measured and what it is compared with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isExecutable } from './measure/process.mjs';
import { names } from './names.mjs';

const root = join(import.meta.dirname, '..');
const pluginFolders = [
  join(homedir(), '.docker/cli-plugins'),
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

/**
 * A program with what comes before its arguments. `env` gives it a home of its own below `workDir`: nothing that the
 * user has set is measured, and nothing is left behind.
 * @typedef {{who: string, argv: string[], env: Record<string, string>, version: string}} Tool
 * @typedef {{node: Tool, ours: Tool, executable?: Tool, dockerCompose?: Tool, dockerCli?: Tool, buildx?: Tool}} Tools
 */

/**
 * @param {string} workDir
 * @returns {Tools} without those that are not on this machine
 */
export function findTools(workDir, environment = process.env) {
  const composePath = pathOf('docker-compose', environment.DOCKER_COMPOSE, environment);
  const buildxPath = pathOf('docker-buildx', environment.DOCKER_BUILDX, environment);
  const config = pluginsIn(join(workDir, 'docker'), { composePath, buildxPath });
  const env = {
    DOCKER_CONFIG: config,
    XDG_STATE_HOME: join(workDir, 'state'),
    XDG_CACHE_HOME: join(workDir, 'cache'),
  };
  const tool = (who, argv, ...versionArgs) => ({
    who,
    argv,
    env,
    version: versionOf(argv, versionArgs, env),
  });
  const ours = environment.TSCOMPOSE_CLI ?? join(root, 'dist/cli/bin.js');
  if (!existsSync(ours)) throw new Error(`${ours} does not exist: run \`npm run build\` first`);
  const executable = environment.TSCOMPOSE_EXE ?? join(root, 'dist-exe/tscompose');
  const docker = composePath === undefined ? undefined : pathOf('docker', undefined, environment);
  return {
    node: tool(names.node, [process.execPath], '--version'),
    ours: tool(names.ours, [process.execPath, ours], 'version', '--short'),
    ...(isExecutable(executable) && {
      executable: tool(names.executable, [executable], 'version', '--short'),
    }),
    ...(composePath !== undefined && {
      dockerCompose: tool(names.dockerCompose, [composePath], 'version', '--short'),
    }),
    ...(docker !== undefined && {
      dockerCli: tool(names.dockerCli, [docker, 'compose'], 'version', '--short'),
    }),
    ...(buildxPath !== undefined && { buildx: tool(names.buildx, [buildxPath], 'version') }),
  };
}

/** One tool's command of the arguments. */
export function commandOf({ who, argv, env }, ...args) {
  return { who, argv: [...argv, ...args], env };
}

/** The one that is named, or that PATH or a plugin folder of the docker CLI has. */
function pathOf(name, named, environment) {
  const folders = [...(environment.PATH ?? '').split(delimiter), ...pluginFolders];
  const candidates = named ? [named] : folders.map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

/** A folder for DOCKER_CONFIG in which the docker CLI finds the very programs that are measured without it. */
function pluginsIn(folder, { composePath, buildxPath }) {
  const plugins = join(folder, 'cli-plugins');
  mkdirSync(plugins, { recursive: true });
  if (composePath !== undefined) symlinkSync(composePath, join(plugins, 'docker-compose'));
  if (buildxPath !== undefined) symlinkSync(buildxPath, join(plugins, 'docker-buildx'));
  return folder;
}

function versionOf([program, ...first], args, env) {
  const text = execFileSync(program, [...first, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return /\d+\.\d+\.\d+[\w.+-]*/.exec(text)?.[0] ?? text.trim();
}

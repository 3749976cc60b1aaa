import type { LoadIo } from './load-io.js';
import type { LoadedModel } from './load-model.js';
import type { ProblemList } from './problem-list.js';
import { absolutePath } from './resolve-paths.js';
import type { Services } from './select-services.js';
import { nodeAt } from './tree-node.js';
import { type WireStruct, type WireValue, wireItems } from './wire/wire-value.js';

const builtIn = new Set(['unconfined', 'builtin', '']);

/** `seccomp=<file>` names a file of ours, but the engine wants its content. */
export async function readSecurityProfiles(
  services: Services,
  model: LoadedModel,
  io: LoadIo,
  problems: ProblemList,
): Promise<Services> {
  const result = new Map(services);
  for (const [name, service] of services) {
    if (!wireItems(service.get('security_opt')).some((option) => profileOf(option) !== undefined)) continue;
    result.set(name, await withProfiles(name, service, model, io, problems));
  }
  return result;
}

function profileOf(option: WireValue): string | undefined {
  const file = /^seccomp[=:](.*)$/s.exec(String(option))?.[1];
  return file === undefined || builtIn.has(file) || file.startsWith('{') ? undefined : file;
}

async function withProfiles(
  name: string,
  service: WireStruct,
  { source, tree }: LoadedModel,
  io: LoadIo,
  problems: ProblemList,
): Promise<WireStruct> {
  const options: WireValue[] = [];
  for (const [index, option] of wireItems(service.get('security_opt')).entries()) {
    const file = profileOf(option);
    const path =
      file === undefined
        ? undefined
        : absolutePath(file, { directory: source.workingDir, homeDir: io.homeDir });
    const content = path === undefined ? undefined : await readJson(path, io);
    if (path !== undefined && content === undefined) {
      problems.error(
        'config/unreadable-file',
        `service "${name}": the seccomp profile ${path} cannot be read as JSON`,
        {
          place: nodeAt(tree, ['services', name, 'security_opt', index])?.place,
        },
      );
    }
    options.push(content === undefined ? option : `seccomp=${content}`);
  }
  return service.with('security_opt', options);
}

async function readJson(path: string, io: LoadIo): Promise<string | undefined> {
  try {
    const text = await io.readFile(path);
    return text === undefined ? undefined : JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

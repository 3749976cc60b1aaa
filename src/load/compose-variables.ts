import { startDirectory } from './discover.js';
import { parseEnvFile } from './env-file.js';
import { instanceVariable } from './instance/resolve-instance.js';
import type { LoadIo, LoadRequest } from './load-io.js';
import { defaultEnvFiles, namedEnvFiles } from './project-environment.js';
import { isRemoteFile } from './remote/remote-sources.js';

/**
 * The `COMPOSE_…` variables of `.env` or of the env files that a person named, and that of the instance: they set up
 * the program itself, and not only the project. What cannot be read counts as empty here, since a load says what is
 * wrong with it.
 */
export async function composeVariables(request: LoadRequest, io: LoadIo): Promise<Map<string, string>> {
  // Settings of this program are a person's, not those of a file of elsewhere.
  if (request.files.some(isRemoteFile)) return new Map();
  const named = namedEnvFiles(request, io);
  const files = named.length > 0 ? named : await defaultEnvFiles(startDirectory(request, io), io);
  const variables = new Map<string, string>();
  for (const file of files) {
    const text = await io.readFile(file).catch(() => undefined);
    const parsed = parseEnvFile(
      text ?? '',
      (name) => io.environment.get(name),
      (name) => variables.get(name),
    );
    for (const [name, value] of parsed.ok ? parsed.entries : []) {
      if (value !== null) variables.set(name, value);
    }
  }
  return new Map([...variables].filter(([name]) => name.startsWith('COMPOSE_') || name === instanceVariable));
}

import type { ContextEntry, ContextFiles } from '../../../../../../model/context-files.js';
import type { IncomingCall, Methods } from '../../grpc/grpc-server.js';
import { GrpcFailure, grpcCode } from '../../grpc/status.js';
import { chooseEntries } from './choose-entries.js';
import { sendFiles } from './send-files.js';

/** Directories by the names under which the engine asks for them: `context`, `dockerfile`, one for each other. */
export type Directories = ReadonlyMap<string, ContextFiles>;

/** Sends the directories of a build, as much of them as the engine wants. Each is listed once. */
export function fileMethods(directories: Directories, signal: AbortSignal | undefined): Methods {
  const lists = new Map<string, Promise<readonly ContextEntry[]>>();
  const listOf = (name: string, files: ContextFiles) => {
    const list = lists.get(name) ?? files.list(signal);
    lists.set(name, list);
    return list;
  };
  // Nearly every build wants it, and asks for it late.
  const context = directories.get('context');
  if (context !== undefined) listOf('context', context).catch(() => {});
  const diffCopy = async (call: IncomingCall) => {
    const name = valuesOf(call, 'dir-name')[0] ?? '';
    const files = directories.get(name);
    if (files === undefined)
      throw new GrpcFailure(grpcCode.invalidArgument, `the build has no directory "${name}"`);
    const chosen = chooseEntries(await listOf(name, files), {
      include: valuesOf(call, 'include-patterns'),
      follow: valuesOf(call, 'followpaths'),
    });
    await sendFiles(call, files, chosen);
  };
  return new Map([['/moby.filesync.v1.FileSync/DiffCopy', diffCopy]]);
}

/** Values that are not plain ASCII are written as in a URL, which another header says. */
function valuesOf(call: IncomingCall, name: string): readonly string[] {
  const isEncoded = /^(1|t|true)$/i.test(call.metadata(`${name}-encoded`)[0] ?? '');
  const values = call.metadata(name);
  return isEncoded ? values.map((value) => decodeURIComponent(value.replaceAll('+', ' '))) : values;
}

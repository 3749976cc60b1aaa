import { formatValuePath, type ValuePath } from '../../model/span.js';
import type { LoadIo } from '../load-io.js';
import { type Place, spanOfPlace } from '../place.js';
import type { ProblemList } from '../problem-list.js';
import { hostPaths, type PathBase, resolvePaths } from '../resolve-paths.js';
import { child, entriesOf, type MapNode, stringOf } from '../tree-node.js';
import type { RemoteSources } from './remote-sources.js';

interface Reach {
  readonly path: ValuePath;
  readonly what: string;
  readonly place: Place;
}

/**
 * Sees to it that files of elsewhere have nothing of this host but what the person agrees to: env files, secrets,
 * mounts, build contexts and programs. What is refused is reported, before any of it is read.
 */
export async function confine(
  model: MapNode,
  base: PathBase,
  remote: RemoteSources,
  io: LoadIo,
  problems: ProblemList,
): Promise<void> {
  if (!remote.isUsed || remote.mayReachOutside) return;
  const reaches = [...(await pathReaches(model, base, remote)), ...programReaches(model, remote)];
  if (reaches.length === 0) return;
  const named = reaches.map(({ path, what, place }) => ({
    name: formatValuePath(path),
    what,
    span: spanOfPlace(place),
  }));
  if (await io.remote?.accept(named)) return;
  for (const { path, what, place } of reaches)
    problems.error(
      'remote/outside',
      `${formatValuePath(path)}: a file of elsewhere wants ${what} of this host`,
      {
        place,
        path,
        hint: 'where that is right, answer yes when `up` asks, or set TSCOMPOSE_ALLOW_REMOTE=outside',
      },
    );
}

async function pathReaches(model: MapNode, base: PathBase, remote: RemoteSources): Promise<Reach[]> {
  const reaches: Reach[] = [];
  for (const { node, path, hostPath: what } of hostPaths(resolvePaths(model, base))) {
    const root = remote.rootOf(node.place.file.path);
    if (root === undefined || what === '') continue;
    if (!(await remote.isInside(what, root))) reaches.push({ path, what, place: node.place });
  }
  return reaches;
}

/** Providers are programs of this host; with the engine's socket a container can do everything here. */
function programReaches(model: MapNode, remote: RemoteSources): Reach[] {
  const reaches: Reach[] = [];
  for (const [name, { value: service }] of entriesOf(child(model, 'services'))) {
    const type = child(child(service, 'provider'), 'type');
    if (type !== undefined && remote.rootOf(type.place.file.path) !== undefined)
      reaches.push({
        path: ['services', name, 'provider', 'type'],
        what: `the program ${stringOf(type) ?? ''}`,
        place: type.place,
      });
    const socket = child(service, 'use_api_socket');
    const asksForSocket = socket?.kind === 'scalar' && socket.value === true;
    if (asksForSocket && remote.rootOf(socket.place.file.path) !== undefined)
      reaches.push({
        path: ['services', name, 'use_api_socket'],
        what: "the engine's socket",
        place: socket.place,
      });
  }
  return reaches;
}

import { isAbsolute, join } from 'node:path/posix';
import type { ValuePath } from '../model/span.js';
import { pairsOf } from './pairs.js';
import { PathRules } from './path-rules.js';
import { transformAt, visitAt } from './transform-at.js';
import {
  child,
  entriesOf,
  type MapNode,
  mapEntries,
  type ScalarNode,
  stringOf,
  type TreeNode,
  withEntry,
} from './tree-node.js';

/** What relative paths of a file are relative to. */
export interface PathBase {
  readonly directory: string;
  readonly homeDir: string;
  /** `convert`: `C:\\x` is mounted from `/c/x`, as COMPOSE_CONVERT_WINDOWS_PATHS asks for. */
  readonly windowsPaths?: 'convert';
}

/**
 * `path` is a path; `cache` may hold one among other things; `context` may be a URL or a Git reference; `contexts` and `ssh` are mappings of such; `mount`
 * and `volume` hold one when they are about the host's files.
 */
type PathRule = 'cache' | 'path' | 'context' | 'contexts' | 'ssh' | 'mount' | 'volume';

const pathRules = PathRules.of<PathRule>({
  'services.*.build.context': 'context',
  'services.*.build.additional_contexts': 'contexts',
  'services.*.build.cache_from.[]': 'cache',
  'services.*.build.cache_to.[]': 'cache',
  'services.*.build.ssh': 'ssh',
  'services.*.env_file.[].path': 'path',
  'services.*.label_file.[]': 'path',
  'services.*.extends.file': 'path',
  'services.*.develop.watch.[].path': 'path',
  'services.*.volumes.[]': 'mount',
  'volumes.*': 'volume',
  'configs.*.file': 'path',
  'secrets.*.file': 'path',
});

/** Makes every path of the host absolute. */
export function resolvePaths(model: MapNode, base: PathBase): MapNode {
  return transformAt(model, pathRules, (node, rule) => resolve(node, rule, base)) as MapNode;
}

function resolve(node: TreeNode, rule: PathRule, base: PathBase): TreeNode {
  switch (rule) {
    case 'cache':
      // As docker has it, it begins where the command runs.
      return node;
    case 'path':
      return changeText(node, (path) => absolutePath(path, base));
    case 'context':
      return changeText(node, (path) => (isNoPath(path) ? path : absolutePath(path, base)));
    case 'contexts':
      return resolveContexts(node, base);
    case 'ssh':
      return node.kind === 'map'
        ? mapEntries(node, (value) => changeText(value, (path) => absolutePath(path, base)))
        : node;
    case 'mount':
      return resolveMount(node, base);
    case 'volume':
      return resolveVolume(node, base);
  }
}

/** A path of this host, in a model whose paths are absolute. */
export interface HostPath {
  readonly node: ScalarNode;
  readonly path: ValuePath;
  /** As it is on this host. */
  readonly hostPath: string;
}

/** Every path of the host that a model names. */
export function hostPaths(model: MapNode): HostPath[] {
  const found: HostPath[] = [];
  const noteAs = (hostPath: string | undefined, node: TreeNode | undefined, path: ValuePath) => {
    if (node?.kind === 'scalar' && hostPath !== undefined) found.push({ node, path, hostPath });
  };
  const note = (node: TreeNode | undefined, path: ValuePath) => noteAs(stringOf(node), node, path);
  visitAt(model, pathRules, [], (node, rule, path) => {
    if (rule === 'mount' && stringOf(child(node, 'type')) === 'bind')
      note(child(node, 'source'), [...path, 'source']);
    else if (rule === 'volume') note(boundDevice(node), [...path, 'driver_opts', 'device']);
    else if (rule === 'path') note(node, path);
    else if (rule === 'cache') noteAs(localCache(stringOf(node) ?? ''), node, path);
    else if (rule === 'context' && !isNoPath(stringOf(node) ?? '-')) note(node, path);
    else if (rule === 'contexts' || rule === 'ssh')
      for (const [key, { value }] of entriesOf(node)) {
        const text = stringOf(value) ?? '';
        const layout = /^oci-layout:\/\/([^:@]*)/.exec(text)?.[1];
        if (layout !== undefined) noteAs(layout, value, [...path, key]);
        else if (!isRemoteContext(text) && !text.startsWith('service:')) note(value, [...path, key]);
      }
  });
  return found;
}

/** The directory of `type=local,src=…` or `dest=…`; undefined: it is another kind of cache. */
function localCache(entry: string): string | undefined {
  const fields = entry.split(',').map((field) => field.trim());
  if (!fields.some((field) => /^type=local$/i.test(field))) return undefined;
  return fields.flatMap((field) => /^(?:src|dest)=(.*)$/i.exec(field)?.[1] ?? [])[0];
}

function changeText(node: TreeNode, change: (text: string) => string): TreeNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const value = change(node.value);
  return value === node.value ? node : { ...node, value };
}

/** An absolute path as it is written, `~` as the home directory, everything else below the directory. */
export function absolutePath(path: string, { directory, homeDir }: PathBase): string {
  if (path === '') return path;
  if (path.startsWith('~')) return withoutTrailingSlash(join(homeDir, path.slice(1)));
  if (isAbsolute(path) || isWindowsAbsolute(path)) return path;
  return withoutTrailingSlash(join(directory, path));
}

function isWindowsAbsolute(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** `-` is standard input, as for `docker build`. */
function isNoPath(context: string): boolean {
  return context === '-' || isRemoteContext(context);
}

/** Whether a build context is fetched from somewhere. */
export function isRemoteContext(context: string): boolean {
  return context.includes('://') || /^(?:github\.com\/|git@)/.test(context);
}

function resolveContexts(node: TreeNode, base: PathBase): TreeNode {
  const map = pairsOf(node);
  if (map === undefined) return node;
  return mapEntries(map, (value) =>
    changeText(value, (context) =>
      isRemoteContext(context) || context.startsWith('service:') ? context : absolutePath(context, base),
    ),
  );
}

function resolveMount(mount: TreeNode, base: PathBase): TreeNode {
  const source = child(mount, 'source');
  if (mount.kind !== 'map' || source === undefined || stringOf(child(mount, 'type')) !== 'bind') return mount;
  return withEntry(
    mount,
    'source',
    changeText(source, (path) => {
      const absolute = absolutePath(path, base);
      return base.windowsPaths === 'convert' ? withoutDrive(absolute) : absolute;
    }),
  );
}

/** `C:\\x\\y` as `/c/x/y`: how engines in a virtual machine see the disks of Windows. */
function withoutDrive(path: string): string {
  const [, drive, rest] = /^([A-Za-z]):(.*)$/s.exec(path) ?? [];
  return drive === undefined || rest === undefined
    ? path
    : `/${drive.toLowerCase()}${rest.replaceAll('\\', '/')}`;
}

/** The local driver binds `device` when its options say so. */
function resolveVolume(volume: TreeNode, base: PathBase): TreeNode {
  const options = child(volume, 'driver_opts');
  const device = boundDevice(volume);
  if (volume.kind !== 'map' || options?.kind !== 'map' || device === undefined) return volume;
  const resolved = changeText(device, (path) => (path === '' ? base.directory : absolutePath(path, base)));
  return resolved === device
    ? volume
    : withEntry(volume, 'driver_opts', withEntry(options, 'device', resolved));
}

/** The device of a volume that is a directory of the host. */
function boundDevice(volume: TreeNode): TreeNode | undefined {
  const options = child(volume, 'driver_opts');
  const driver = stringOf(child(volume, 'driver')) ?? '';
  const isBind = stringOf(child(options, 'o'))?.split(',').includes('bind') ?? false;
  return isBind && ['', 'local'].includes(driver) ? child(options, 'device') : undefined;
}

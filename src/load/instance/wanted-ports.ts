import type { PortWish } from '../../model/instance.js';
import type { Place } from '../place.js';
import { child, entriesOf, isNull, type MapNode, type TreeNode } from '../tree-node.js';

/** Host ports that a model fixes, as one row: the same numbers for TCP and UDP are one wish. */
export interface WantedPort extends PortWish {
  readonly service: string;
  readonly target: number;
  /** `5432`, or a range. */
  readonly written: string;
  readonly first: number;
  readonly place: Place;
}

/**
 * The host ports that a model fixes. A wish is named by service and container port, and not by the number that the file
 * has now: so an instance keeps its port when the file asks for another.
 */
export function wantedPorts(model: MapNode): WantedPort[] {
  return [...entriesOf(child(model, 'services'))].flatMap(([service, { value }]) =>
    ofService(service, value),
  );
}

/** What a port of a service asks for; undefined: the engine chooses, or it is on no host port. */
export function writtenPort(port: TreeNode): { target: number; written: string } | undefined {
  const [target, published] = [textOf(child(port, 'target')), textOf(child(port, 'published'))];
  const first = Number.parseInt(published, 10);
  return first > 0 && /^\d+$/.test(target) ? { target: Number(target), written: published } : undefined;
}

function ofService(service: string, value: TreeNode): WantedPort[] {
  const found = new Map<string, WantedPort>();
  const ordinals = new Map<number, number>();
  for (const port of portsOf(value)) {
    const asked = writtenPort(port);
    if (asked === undefined || found.has(wishOf(asked))) continue;
    const { target, written } = asked;
    const ordinal = (ordinals.get(target) ?? 0) + 1;
    ordinals.set(target, ordinal);
    const [first = 0, last = first] = written.split('-').map(Number);
    const key = `${service} ${target}${ordinal === 1 ? '' : ` #${ordinal}`}`;
    const place = (child(port, 'published') ?? port).place;
    found.set(wishOf(asked), { key, service, target, written, first, count: last - first + 1, place });
  }
  return [...found.values()];
}

export function wishOf({ target, written }: { target: number; written: string }): string {
  return `${target} ${written}`;
}

function portsOf(service: TreeNode): readonly TreeNode[] {
  const ports = child(service, 'ports');
  return ports?.kind === 'list' ? ports.items : [];
}

function textOf(node: TreeNode | undefined): string {
  return node?.kind === 'scalar' && !isNull(node) ? String(node.value) : '';
}

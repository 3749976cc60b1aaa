import type { ObservedContainer, ObservedPort } from '../model/observed.js';
import { durationWords } from './duration-words.js';
import type { Row, RowKind } from './row-format.js';

const idLength = 12;
const commandLength = 20;
const mountLength = 15;

export interface RowOptions {
  readonly project: string;
  readonly nowMs: number;
  /** `short`: ids, commands and mounts cut as docker compose does. */
  readonly length: 'short' | 'full';
}

export const containerRows: RowKind = {
  titles: {
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    ExitCode: 'EXIT CODE',
    Health: 'HEALTH',
    ID: 'CONTAINER ID',
    Image: 'IMAGE',
    Labels: 'LABELS',
    LocalVolumes: 'LOCAL VOLUMES',
    Mounts: 'MOUNTS',
    Name: 'NAME',
    Names: 'NAMES',
    Networks: 'NETWORKS',
    Ports: 'PORTS',
    Project: 'PROJECT',
    Publishers: 'PUBLISHERS',
    RunningFor: 'CREATED',
    Service: 'SERVICE',
    Size: 'SIZE',
    State: 'STATE',
    Status: 'STATUS',
  },
  columns: ['Name', 'Image', 'Command', 'Service', 'RunningFor', 'Status', 'Ports'],
  json: 'lines',
};

/** A container with the fields that `ps --format` of docker compose has. */
export function containerRow(container: ObservedContainer, { project, nowMs, length }: RowOptions): Row {
  const volumes = container.mounts.filter((mount) => mount.type === 'volume');
  const mounts = container.mounts.map((mount) => mount.volumeName ?? mount.source);
  return {
    Command: `"${cut(container.commandText, length === 'short' ? commandLength : undefined)}"`,
    CreatedAt: createdAt(container.createdAtMs),
    ExitCode: container.exitCode ?? 0,
    Health: container.health ?? '',
    ID: length === 'short' ? container.id.slice(0, idLength) : container.id,
    Image: container.image,
    Labels: labelsText(container.labels),
    LocalVolumes: String(volumes.length),
    Mounts: mounts.map((mount) => cut(mount, length === 'short' ? mountLength : undefined)).join(','),
    Name: container.name,
    Names: container.name,
    Networks: [...container.networks.keys()].join(','),
    Ports: portsText(container.ports),
    Project: project,
    Publishers: container.ports.map(publisher),
    RunningFor: `${durationWords(nowMs - container.createdAtMs)} ago`,
    Service: container.service,
    Size: '0B',
    State: container.state,
    Status: container.statusText,
    Label: (key: unknown) => container.labels.get(String(key)) ?? '',
  };
}

export function labelsText(labels: ReadonlyMap<string, string>): string {
  return [...labels].map(([key, value]) => `${key}=${value}`).join(',');
}

/** `0.0.0.0:8080->80/tcp, 443/tcp`. */
export function portsText(ports: readonly ObservedPort[]): string {
  return ports
    .map(({ hostIp, published, target, protocol }) => {
      if (published === undefined) return `${target}/${protocol}`;
      return `${hostAddress(hostIp ?? '', published)}->${target}/${protocol}`;
    })
    .join(', ');
}

/** `127.0.0.1:8080`, `[::]:8080`. */
export function hostAddress(hostIp: string, port: number): string {
  return `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${port}`;
}

/** A published port in docker compose's words; `PublishedPort` is 0 where it is not published. */
export function publisher({ hostIp, published, target, protocol }: ObservedPort): Record<string, unknown> {
  return { URL: hostIp ?? '', TargetPort: target, PublishedPort: published ?? 0, Protocol: protocol };
}

function cut(text: string, length: number | undefined): string {
  return length !== undefined && text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** `2026-01-02 15:04:05 +0000 UTC`. */
function createdAt(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

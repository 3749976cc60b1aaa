import type { ObservedContainer, ObservedPort } from '../model/observed.js';
import { durationWords } from './duration-words.js';

const idLength = 12;
const commandLength = 20;

export interface RowOptions {
  readonly project: string;
  readonly nowMs: number;
  /** `short`: ids and commands cut as docker compose does. */
  readonly length: 'short' | 'full';
}

/** A container as `ps --format json` of docker compose shows it. */
export function containerJson(
  container: ObservedContainer,
  { project, nowMs, length }: RowOptions,
): Record<string, unknown> {
  const volumes = container.mounts.filter((mount) => mount.type === 'volume');
  return {
    Command: commandText(container, length),
    CreatedAt: createdAt(container.createdAtMs),
    ExitCode: container.exitCode ?? 0,
    Health: container.health ?? '',
    ID: length === 'short' ? container.id.slice(0, idLength) : container.id,
    Image: container.image,
    Labels: [...container.labels].map(([key, value]) => `${key}=${value}`).join(','),
    LocalVolumes: String(volumes.length),
    Mounts: container.mounts.map((mount) => mount.volumeName ?? mount.source).join(','),
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
  };
}

export const containerColumns = [
  'NAME',
  'IMAGE',
  'COMMAND',
  'SERVICE',
  'CREATED',
  'STATUS',
  'PORTS',
] as const;

export function containerRow(container: ObservedContainer, { nowMs, length }: RowOptions): string[] {
  return [
    container.name,
    container.image,
    commandText(container, length),
    container.service,
    `${durationWords(nowMs - container.createdAtMs)} ago`,
    container.statusText,
    portsText(container.ports),
  ];
}

/** `0.0.0.0:8080->80/tcp, 443/tcp`. */
export function portsText(ports: readonly ObservedPort[]): string {
  return ports
    .map(({ hostIp, published, target, protocol }) => {
      if (published === undefined) return `${target}/${protocol}`;
      const ip = hostIp?.includes(':') === true ? `[${hostIp}]` : (hostIp ?? '');
      return `${ip}:${published}->${target}/${protocol}`;
    })
    .join(', ');
}

function publisher({ hostIp, published, target, protocol }: ObservedPort): Record<string, unknown> {
  return { URL: hostIp ?? '', TargetPort: target, PublishedPort: published ?? 0, Protocol: protocol };
}

function commandText({ commandText: text }: ObservedContainer, length: 'short' | 'full'): string {
  const isLong = length === 'short' && text.length > commandLength;
  return `"${isLong ? `${text.slice(0, commandLength - 1)}…` : text}"`;
}

/** `2026-01-02 15:04:05 +0000 UTC`. */
function createdAt(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

import type { Engine } from '../../engine/engine.js';
import type { Clock } from '../../model/clock.js';
import type { EngineMachine } from '../../model/engine-machine.js';
import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import { TscomposeError } from '../../problems/errors.js';

/** Docker contexts, and who decides which engine is used. */
export interface EngineChoice {
  /** `DOCKER_HOST`, `the docker context "x"`…; undefined: it cannot be told. */
  readonly source: string | undefined;
  readonly contexts: readonly {
    readonly name: string;
    readonly address: string | undefined;
    readonly isCurrent: boolean;
  }[];
}

export function unreachableEngine(error: unknown): Finding {
  const hint = error instanceof TscomposeError ? error.hint : undefined;
  return {
    topic: 'engine',
    check: 'engine',
    state: 'problem',
    text: error instanceof Error ? error.message : String(error),
    ...given({ advice: hint }),
  };
}

/** Which engine it is, what it runs on and what it builds with. `machine`: undefined when it does not tell. */
export async function engineFindings(
  engine: Engine,
  machine: EngineMachine | undefined,
  { source }: EngineChoice,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const { name, version, apiVersion, os, architecture } = await engine.info(signal);
  const builder = await engine.builds.builder(signal).catch(() => undefined);
  const found = (text: string): Finding => ({ topic: 'engine', check: 'engine', state: 'ok', text });
  const because = source === undefined ? '' : `, ${placeWords(source)}`;
  const about: Finding[] = [
    found(`${name} ${version}, API ${apiVersion}, ${os}/${architecture}`),
    found(`it answers at ${engine.address}${because}`),
  ];
  const words = [
    ...(machine === undefined ? [] : machineWords(machine)),
    ...(builder === undefined
      ? []
      : [`builds with ${builder === 'buildkit' ? 'BuildKit' : 'the classic builder'}`]),
  ];
  return [...about, found(words.join(', ')), ...(machine?.warnings ?? []).map(complaint)];
}

function placeWords(source: string): string {
  return source === 'the usual sockets' ? 'the first of the usual sockets' : `as ${source} says`;
}

function machineWords(machine: EngineMachine): string[] {
  const { operatingSystem, cpus, memoryBytes, storageDriver, imageStore, isRootless } = machine;
  const gigabytes = (memoryBytes / 1e9).toFixed(1);
  return [
    operatingSystem,
    `${cpus} CPUs`,
    `${gigabytes} GB of memory`,
    isRootless ? 'rootless' : 'as root',
    `storage ${storageDriver}`,
    imageStore === 'containerd' ? "images in containerd's store" : "images in the engine's store",
  ];
}

function complaint(text: string): Finding {
  return { topic: 'engine', check: 'engine-warnings', state: 'warning', text: `the engine says: ${text}` };
}

/** The contexts there are. A current one that DOCKER_HOST outvotes is what people overlook most. */
export function contextFindings({ source, contexts }: EngineChoice): Finding[] {
  if (contexts.length === 0) return [];
  const current = contexts.find(({ isCurrent }) => isCurrent);
  const list = contexts.map(({ name, address }) => `${name} (${address ?? 'names no engine'})`).join(', ');
  const findings: Finding[] = [
    { topic: 'engine', check: 'docker-contexts', state: 'ok', text: `docker contexts: default, ${list}` },
  ];
  if (current !== undefined && source === 'DOCKER_HOST') {
    findings.push({
      topic: 'engine',
      check: 'docker-contexts',
      state: 'warning',
      text: `DOCKER_HOST is set, so the docker context "${current.name}" has no effect`,
      advice: 'unset DOCKER_HOST to use the context',
    });
  }
  return findings;
}

/** More than this, and times in logs, tokens and certificates stop making sense. */
const allowedDifferenceMs = 5_000;

/** Asks the machine between two looks at our clock, whose middle is when it answered. */
export async function readMachineAndClock(
  engine: Engine,
  clock: Clock,
  signal?: AbortSignal,
): Promise<{ readonly machine: EngineMachine; readonly clockFinding: Finding | undefined }> {
  const beforeMs = clock.nowMs();
  const machine = await engine.machine.readMachine(signal);
  const afterMs = clock.nowMs();
  if (machine.timeMs === undefined) return { machine, clockFinding: undefined };
  return {
    machine,
    clockFinding: clockFindingOf(machine.timeMs - (beforeMs + afterMs) / 2, afterMs - beforeMs),
  };
}

export function clockFindingOf(differenceMs: number, roundTripMs: number): Finding {
  const isFar = Math.abs(differenceMs) > allowedDifferenceMs + roundTripMs / 2;
  const seconds = Math.round(Math.abs(differenceMs) / 1000);
  const side = differenceMs > 0 ? 'ahead of' : 'behind';
  return {
    topic: 'engine',
    check: 'engine-clock',
    state: isFar ? 'warning' : 'ok',
    text: isFar
      ? `the engine's clock is ${seconds} s ${side} ours: logs since a time, certificates and caches go wrong`
      : "the engine's clock goes with ours",
    ...(isFar
      ? { advice: 'set both by the network (NTP); a virtual machine that slept may need a restart' }
      : {}),
  };
}

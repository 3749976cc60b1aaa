import type { Engine } from '../engine/engine.js';
import type { Program } from '../engine/memory/memory-container.js';
import { MemoryEngine } from '../engine/memory/memory-engine.js';
import type { ContainerSpec } from '../model/container-spec.js';
import { given } from '../model/given.js';

/** A container that is about to start, for choosing how it behaves. */
export interface StartingContainer {
  readonly service: string;
  readonly name: string;
  readonly image: string;
  /** null: that of the image. */
  readonly command: readonly string[] | null;
  readonly environment: ReadonlyMap<string, string | null>;
}

/** How the process of a container behaves. Without anything it runs until it is stopped, and its health check passes. */
export type MemoryProgram = Pick<
  Program,
  'exitCode' | 'health' | 'output' | 'stopExitCode' | 'startError' | 'exec'
>;

export interface MemoryEngineOptions {
  /** References of the images that are on it. Others cannot be had, as without a network. */
  readonly images?: Iterable<string>;
  /** Asked at every start. */
  readonly program?: (container: StartingContainer) => MemoryProgram;
}

/** An engine in the memory of this process, for unit tests of what uses `loadProject(…, { engine })`. */
export interface TestEngine extends Engine {
  /** The image is on it from now on. */
  addImage(reference: string): void;
  /** The process of a running container ends by itself. */
  exit(container: string, exitCode: number): void;
  /** The health check of a container comes to another result. */
  setHealth(container: string, health: 'healthy' | 'unhealthy'): void;
  /** The process of a container writes a line. */
  print(container: string, stream: 'stdout' | 'stderr', text: string): void;
}

/**
 * Makes an engine that has neither containers nor a network: processes are what `program` says of them, and all that
 * the engine would do around them, names, ports, health, events, logs, volumes, it does in memory, as a real one would.
 */
export function createMemoryEngine({ images, program = () => ({}) }: MemoryEngineOptions = {}): TestEngine {
  return new MemoryEngine({
    ...given({ images }),
    program: (spec) => ({ health: 'healthy', ...program(startingContainer(spec)) }),
  });
}

function startingContainer({ name, service }: ContainerSpec<string>): StartingContainer {
  const { image, command, environment } = service;
  return { service: service.name, name, image, command, environment };
}

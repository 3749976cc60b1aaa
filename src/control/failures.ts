import { buildDependencyGraph } from '../graph/dependency-graph.js';
import { withDependents } from '../graph/select.js';
import type { Project } from '../model/project.js';
import { ApplyError } from '../problems/errors.js';
import type { Backoffs } from './backoff.js';

/** What failed for the project as a whole: its files, its networks, the engine. */
const everything = 'failure of everything';
const serviceKey = (service: string) => `failure of service ${service}`;

/**
 * Failed attempts to make things right. A service that fails, with all that needs it, is left alone until its back-off
 * is over, while the others are kept; so nothing is hammered.
 */
export class Failures {
  readonly #backoffs: Backoffs;
  readonly #services = new Set<string>();

  constructor(backoffs: Backoffs) {
    this.#backoffs = backoffs;
  }

  /** Gives the time until the next attempt, in milliseconds. `culprits`: services that are known to be the cause. */
  note(error: Error, { services }: Project, nowMs: number, culprits: readonly string[]): number {
    const failed = error instanceof ApplyError ? error.failures.map(({ step }) => step.service) : culprits;
    const named = failed.filter((name): name is string => name !== undefined && services.has(name));
    const keys = named.length > 0 && named.length === failed.length ? named.map(serviceKey) : [everything];
    for (const name of named) this.#services.add(name);
    return Math.min(...[...new Set(keys)].map((key) => this.#fail(key, nowMs)));
  }

  /** Services to leave alone now. `crashed`: those that wait for their own back-off. */
  blocked(project: Project, nowMs: number, crashed: ReadonlySet<string>): ReadonlySet<string> {
    if (this.isAllBlocked(nowMs)) return new Set(project.services.keys());
    const waiting = [...this.#services].filter((name) => this.#backoffs.isWaiting(serviceKey(name), nowMs));
    const present = waiting.filter((name) => project.services.has(name));
    if (present.length + crashed.size === 0) return new Set();
    const graph = buildDependencyGraph(project.services);
    // What has crashed may be replaced when the files change; what needs it must wait for it.
    const needing = [...crashed].flatMap((name) => graph.dependentsOf(name).map(({ from }) => from));
    return withDependents([...present, ...needing], graph);
  }

  clear(): void {
    this.#backoffs.reset(everything);
    for (const name of this.#services) this.#backoffs.reset(serviceKey(name));
    this.#services.clear();
  }

  /** These have been made right. */
  succeeded(services: readonly string[]): void {
    this.#backoffs.reset(everything);
    for (const name of services) {
      this.#backoffs.reset(serviceKey(name));
      this.#services.delete(name);
    }
  }

  isAllBlocked(nowMs: number): boolean {
    return this.#backoffs.isWaiting(everything, nowMs);
  }

  /** No attempt follows at once: what has just failed would fail again. */
  #fail(key: string, nowMs: number): number {
    return this.#backoffs.fail(key, nowMs, 1).delayMs;
  }
}

export function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

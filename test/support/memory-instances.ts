import type { InstanceClaim, Instances } from '../../src/model/instance.js';

/** Instances that are not written down: each wish gets the next port from 20000, and keeps it. */
export class MemoryInstances implements Instances {
  readonly claims: InstanceClaim[] = [];
  readonly #ports = new Map<string, number>();
  #next = 20_000;

  async claim(claim: InstanceClaim): ReturnType<Instances['claim']> {
    this.claims.push(claim);
    const ports = claim.wishes.map(
      ({ key, count }) => [key, this.#portOf(`${claim.project} ${key}`, count)] as const,
    );
    return { kind: 'granted', ports: new Map(ports), replaced: [], forgottenBecause: undefined };
  }

  #portOf(wish: string, count: number): number {
    const known = this.#ports.get(wish);
    if (known !== undefined) return known;
    const port = this.#next;
    this.#next += count;
    this.#ports.set(wish, port);
    return port;
  }
}

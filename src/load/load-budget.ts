/**
 * What one load may grow to where a few characters stand for very much: ranges of ports, and files that include
 * each other's files several times. Real projects stay far below.
 */
export class LoadBudget {
  #ports = 100_000;
  #includes = 2_000;

  /** Whether there is room for so many more ports. */
  takePorts(count: number): boolean {
    this.#ports -= count;
    return this.#ports >= 0;
  }

  /** Whether one more include may be loaded. */
  takeInclude(): boolean {
    this.#includes--;
    return this.#includes >= 0;
  }
}

import type { MemoryContainer } from './memory-container.js';

/** Containers by id and by name. */
export class ContainerTable {
  readonly #byId = new Map<string, MemoryContainer>();
  readonly #byName = new Map<string, MemoryContainer>();

  add(container: MemoryContainer): void {
    this.#byId.set(container.id, container);
    this.#byName.set(container.name, container);
  }

  remove(container: MemoryContainer): void {
    this.#byId.delete(container.id);
    this.#byName.delete(container.name);
  }

  rename(container: MemoryContainer, name: string): void {
    this.#byName.delete(container.name);
    container.name = name;
    this.#byName.set(name, container);
  }

  withId(id: string): MemoryContainer | undefined {
    return this.#byId.get(id);
  }

  withName(name: string): MemoryContainer | undefined {
    return this.#byName.get(name);
  }

  all(): MemoryContainer[] {
    return [...this.#byId.values()];
  }
}

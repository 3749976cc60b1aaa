/**
 * Rules for paths of the model, as a table says them (`services.*.ports.[]`) and as a walk over a tree needs them:
 * one step down per level, no path strings. `*` stands for any key, `[]` for any item of a list.
 */
export class PathRules<T> {
  rule: T | undefined;
  #keys: Map<string, PathRules<T>> | undefined;
  #anyKey: PathRules<T> | undefined;
  #item: PathRules<T> | undefined;

  static of<T>(table: Readonly<Record<string, T>>): PathRules<T> {
    const root = new PathRules<T>();
    for (const [pattern, rule] of Object.entries(table)) {
      let node = root;
      for (const step of pattern.split('.')) node = node.#grow(step);
      node.rule = rule;
    }
    return root;
  }

  key(name: string): PathRules<T> | undefined {
    return this.#keys?.get(name) ?? this.#anyKey;
  }

  item(): PathRules<T> | undefined {
    return this.#item;
  }

  /** The rules below a pattern of the table. */
  at(pattern: string): PathRules<T> {
    let node: PathRules<T> = this;
    for (const step of pattern.split('.')) node = node.#grow(step);
    return node;
  }

  #grow(step: string): PathRules<T> {
    if (step === '*') {
      this.#anyKey ??= new PathRules();
      return this.#anyKey;
    }
    if (step === '[]') {
      this.#item ??= new PathRules();
      return this.#item;
    }
    this.#keys ??= new Map();
    let next = this.#keys.get(step);
    if (next === undefined) {
      next = new PathRules();
      this.#keys.set(step, next);
    }
    return next;
  }
}

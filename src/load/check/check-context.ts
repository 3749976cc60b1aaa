import type { ValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { BoundModel } from '../bind-model.js';
import { placeAt } from '../check-schema.js';
import type { ProblemList } from '../problem-list.js';
import type { Services } from '../select-services.js';
import type { MapNode } from '../tree-node.js';

/** What a problem has to say beyond its message. */
export interface ErrorDetails {
  readonly hint?: string | undefined;
  /** What to point at; the key, unless the value is what is wrong. */
  readonly at?: 'key' | 'value';
  /** Other places that have a part in it. */
  readonly related?: readonly { readonly message: string; readonly path: ValuePath }[];
}

/** What a check of the whole model sees. */
export class CheckContext {
  readonly model: BoundModel;
  /** Active services. */
  readonly services: Services;
  readonly inactive: Services;
  readonly #tree: MapNode;
  readonly #problems: ProblemList;

  constructor(model: BoundModel, active: Services, inactive: Services, tree: MapNode, problems: ProblemList) {
    this.model = model;
    this.services = active;
    this.inactive = inactive;
    this.#tree = tree;
    this.#problems = problems;
  }

  /** The name that was most likely meant; undefined when none is near. */
  similarName(written: string, names: Iterable<string>): string | undefined {
    return this.#problems.similarName(written, names);
  }

  /** Reports an error at a path of the model. */
  error(code: ProblemCode, path: ValuePath, message: string, details: ErrorDetails = {}): void {
    const { hint, at = 'key', related = [] } = details;
    this.#problems.error(code, message, {
      path,
      place: placeAt(this.#tree, path, at),
      hint,
      related: related.map((other) => ({
        message: other.message,
        place: placeAt(this.#tree, other.path, 'key'),
      })),
    });
  }
}

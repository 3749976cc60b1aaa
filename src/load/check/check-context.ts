import type { ValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { BoundModel } from '../bind-model.js';
import { placeAt } from '../check-schema.js';
import type { ProblemList } from '../problem-list.js';
import type { Services } from '../select-services.js';
import type { MapNode } from '../tree-node.js';

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

  /** Reports an error at a path of the model. */
  error(code: ProblemCode, path: ValuePath, message: string, hint?: string): void {
    this.#problems.error(code, message, { path, place: placeAt(this.#tree, path, 'key'), hint });
  }
}

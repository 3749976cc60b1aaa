import { expect, test } from 'vitest';
import { buildDependencyGraph } from '../../../../src/graph/dependency-graph.js';
import { dependentsFirst } from '../../../../src/plan/container/dependents-first.js';
import { needs, projectOf } from '../../../support/project-builder.js';

/** Two services a layer, each of which needs both of the layer below. */
function layers(count: number) {
  const below = (layer: number) =>
    layer === 0 ? [] : [`a${layer - 1}`, `b${layer - 1}`].map((name) => [name, needs()] as const);
  const services = Array.from({ length: count }, (_, layer) =>
    ['a', 'b'].map((side) => [`${side}${layer}`, { dependsOn: new Map(below(layer)) }] as const),
  );
  return buildDependencyGraph(projectOf({ services: Object.fromEntries(services.flat()) }).services);
}

test('what a service waits for is there once, however many ways lead to it', () => {
  const asked: [string, readonly number[]][] = [];
  dependentsFirst(layers(40), new Set(['a39', 'b39', 'a0']), (service, before) => {
    asked.push([service, before]);
    return [asked.length];
  });
  expect(asked).toEqual([
    ['b39', []],
    ['a39', []],
    ['a0', [2, 1]],
  ]);
});

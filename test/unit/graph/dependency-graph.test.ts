import { describe, expect, test } from 'vitest';
import { buildDependencyGraph } from '../../../src/graph/dependency-graph.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import { needs, projectOf } from '../../support/project-builder.js';

function graphOf(services: Readonly<Record<string, Partial<ServiceSpec>>>) {
  return buildDependencyGraph(projectOf({ services }).services);
}

const on = (...names: string[]) => new Map(names.map((name) => [name, needs()]));

describe('the order', () => {
  test('has every service after all that it needs', () => {
    const graph = graphOf({
      web: { dependsOn: on('api', 'cache') },
      api: { dependsOn: on('store') },
      store: {},
      cache: {},
    });
    const isAfter = (service: string, needed: string) =>
      graph.order.indexOf(service) > graph.order.indexOf(needed);
    expect([isAfter('web', 'api'), isAfter('web', 'cache'), isAfter('api', 'store')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('is that of the file where nobody needs anybody', () => {
    expect(graphOf({ c: {}, a: {}, b: {} }).order).toEqual(['c', 'a', 'b']);
  });

  test('leaves out what is not there', () => {
    expect(graphOf({ web: { dependsOn: on('gone') } }).order).toEqual(['web']);
  });

  test('takes any name, also those that objects have', () => {
    const graph = graphOf({ constructor: { dependsOn: on('toString') }, toString: {} } as never);
    expect(graph.order).toEqual(['toString', 'constructor']);
  });

  test('of services that need several is that of the last one first', () => {
    const graph = graphOf({ web: { dependsOn: on('api', 'cache', 'store') }, api: {}, cache: {}, store: {} });
    expect(graph.order).toEqual(['store', 'cache', 'api', 'web']);
  });

  test('exists for a chain that is longer than the stack is deep', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `app-${at}`);
    const services = names.map((name, at) => [name, { dependsOn: on(...names.slice(at + 1, at + 2)) }]);
    expect(graphOf(Object.fromEntries(services)).order).toEqual(names.toReversed());
  });

  test('does not exist for a cycle', () => {
    expect(() => graphOf({ a: { dependsOn: on('b') }, b: { dependsOn: on('a') } })).toThrow(RangeError);
  });
});

describe('an edge', () => {
  test.each<[string, Partial<ServiceSpec>]>([
    ['network_mode', { networkMode: { kind: 'service', service: 'store' } }],
    ['ipc', { ipc: { kind: 'service', service: 'store' } }],
    ['pid', { pid: { kind: 'service', service: 'store' } }],
    ['volumes_from', { volumesFrom: [{ kind: 'service', name: 'store', mode: 'rw' }] }],
    ['links', { links: [{ service: 'store' }] }],
    ['depends_on', {}],
  ])('knows that %s makes it', (why, wish) => {
    const graph = graphOf({ web: { ...wish, dependsOn: on('store') }, store: {} });
    expect(graph.dependenciesOf('web').map((edge) => edge.why)).toEqual([why]);
  });

  test('is seen from both ends', () => {
    const graph = graphOf({ web: { dependsOn: on('store') }, store: {} });
    expect(graph.dependentsOf('store')).toEqual(graph.dependenciesOf('web'));
  });
});

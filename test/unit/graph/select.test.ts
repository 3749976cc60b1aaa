import { describe, expect, test } from 'vitest';
import { buildDependencyGraph } from '../../../src/graph/dependency-graph.js';
import { withScale } from '../../../src/graph/scale.js';
import { selectServices, withDependents } from '../../../src/graph/select.js';
import { needs, projectOf } from '../../support/project-builder.js';

const project = projectOf({
  services: {
    web: { dependsOn: new Map([['api', needs()]]) },
    api: { dependsOn: new Map([['store', needs()]]) },
    store: {},
    other: { containerName: 'fixed' },
  },
});
const graph = buildDependencyGraph(project.services);

describe('a selection', () => {
  test('of nothing is everything', () => {
    expect(selectServices(project, graph, [], 'with-dependencies')).toEqual({
      targets: ['store', 'api', 'web', 'other'],
      services: ['store', 'api', 'web', 'other'],
    });
  });

  test('brings what the named services need, directly or not', () => {
    expect(selectServices(project, graph, ['web'], 'with-dependencies')).toEqual({
      targets: ['web'],
      services: ['store', 'api', 'web'],
    });
  });

  test('stays alone when it is told to', () => {
    expect(selectServices(project, graph, ['web'], 'without-dependencies').services).toEqual(['web']);
  });

  test('of an unknown service says which one may be meant', () => {
    expect(() => selectServices(project, graph, ['wbe'], 'with-dependencies')).toThrow(
      expect.objectContaining({
        code: 'usage/unknown-service',
        message: 'no such service: wbe',
        hint: 'did you mean "web"?',
      }),
    );
  });

  test('of dependents has all that need the named services', () => {
    expect([...withDependents(['store'], graph)].sort()).toEqual(['api', 'store', 'web']);
  });
});

describe('a scale', () => {
  test('changes the number of containers of one service only', () => {
    const scaled = withScale(project, new Map([['api', 3]]));
    expect([...scaled.services.values()].map(({ name, replicas }) => `${name} ${replicas}`)).toEqual([
      'web 1',
      'api 3',
      'store 1',
      'other 1',
    ]);
  });

  test('of a service with a fixed container name is refused', () => {
    expect(() => withScale(project, new Map([['other', 2]]))).toThrow(
      expect.objectContaining({ code: 'config/conflicting-keys', hint: 'remove "container_name: fixed"' }),
    );
  });

  test('of a service that a provider stands for is refused', () => {
    const provider = { type: 'cloud', options: new Map(), environment: new Map() };
    const provided = projectOf({ services: { db: { provider, replicas: 0 } } });
    expect(() => withScale(provided, new Map([['db', 2]]))).toThrow(
      'service "db" has no containers: the provider cloud stands for it',
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { ServiceSpec } from '../../../../src/model/service.js';
import { serviceFields } from '../../../../src/plan/container/service-fields.js';
import { canonicalText } from '../../../../src/plan/text/canonical-text.js';
import { needs, projectOf } from '../../../support/project-builder.js';

/** Ids of the fields in which two services differ. */
function differences(left: Partial<ServiceSpec>, right: Partial<ServiceSpec>): string[] {
  const read = (wish: Partial<ServiceSpec>) => {
    const project = projectOf({ services: { web: wish }, volumes: { data: {}, same: { name: 'app_data' } } });
    const service = project.services.get('web');
    const fields = service === undefined ? [] : serviceFields(service, project);
    return new Map(fields.map(({ id, value }) => [id, canonicalText(value)]));
  };
  const [a, b] = [read(left), read(right)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id));
}

const mount = { type: 'volume', source: 'data', target: '/data', isReadOnly: false } as const;

describe('a change of these recreates a container', () => {
  test.each<[string, Partial<ServiceSpec>]>([
    ['image', { image: 'other' }],
    ['command', { command: [] }],
    ['entrypoint', { entrypoint: ['sh'] }],
    ['environment.A', { environment: new Map([['A', '']]) }],
    ['user', { user: '1' }],
    ['init', { init: false }],
    ['hostname', { hostname: 'h' }],
    ['ports', { ports: [{ target: 80, protocol: 'tcp' }] }],
    ['volumes', { mounts: [mount] }],
    ['restart', { restart: { policy: 'always' } }],
    ['stop_grace_period', { stopGracePeriodMs: 1000 }],
    ['healthcheck', { healthcheck: { test: ['NONE'] } }],
    ['privileged', { isPrivileged: true }],
  ])('%s', (field, wish) => {
    expect(differences({}, wish)).toEqual([field]);
  });
});

describe('a change of these recreates nothing', () => {
  test.each<[string, Partial<ServiceSpec>, Partial<ServiceSpec>]>([
    ['scale', {}, { replicas: 3 }],
    ['profiles', {}, { profiles: ['debug'] }],
    ['depends_on', {}, { dependsOn: new Map([['db', needs()]]) }],
    ['pull_policy', {}, { pullPolicy: { kind: 'always' } }],
    ['attach', {}, { isAttached: false }],
    ['the spelling of the image', { image: 'busybox' }, { image: 'docker.io/library/busybox:latest' }],
    ['restart: no', {}, { restart: { policy: 'no' } }],
    ['the key of a volume', { mounts: [mount] }, { mounts: [{ ...mount, source: 'same' }] }],
    [
      'whether a missing host path is made',
      { mounts: [{ ...mount, type: 'bind', source: '/a' }] },
      { mounts: [{ ...mount, type: 'bind', source: '/a', bind: { createHostPath: true } }] },
    ],
    ['the order of cap_add', { capAdd: ['A', 'B'] }, { capAdd: ['B', 'A'] }],
  ])('%s', (_what, left, right) => {
    expect(differences(left, right)).toEqual([]);
  });
});

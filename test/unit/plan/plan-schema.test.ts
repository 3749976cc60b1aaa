import { expect, test } from 'vitest';
import type { PlanNote, Reason, StepKind } from '../../../src/model/plan.js';
import { planSchema } from '../../support/plan-schema.js';

// That all that plans say is described is held by every golden plan; here, that no kind is missing. The compiler asks
// for each of them.

const stepKinds: Readonly<Record<StepKind, true>> = {
  'create-network': true,
  'remove-network': true,
  'connect-network': true,
  'disconnect-network': true,
  'create-volume': true,
  'remove-volume': true,
  'remove-image': true,
  'pull-image': true,
  'push-image': true,
  'build-image': true,
  'create-container': true,
  'start-container': true,
  'stop-container': true,
  'restart-container': true,
  'pause-container': true,
  'unpause-container': true,
  'kill-container': true,
  'remove-container': true,
  'update-container': true,
  'rename-container': true,
  'write-files': true,
  'run-pre-start': true,
  'prepare-model': true,
  'run-provider': true,
  'run-hook': true,
  wait: true,
};

const reasonKinds: Readonly<Record<Reason['kind'], true>> = {
  'not-found': true,
  changed: true,
  forced: true,
  'unknown-origin': true,
  broken: true,
  unhealthy: true,
  'not-running': true,
  stopped: true,
  renamed: true,
  updated: true,
  'not-attached': true,
  'not-mounted': true,
  'parent-recreated': true,
  'dependency-recreated': true,
  'dependency-restarted': true,
  'network-recreated': true,
  'volume-replaced': true,
  'too-many': true,
  'too-few': true,
  created: true,
  replaced: true,
  'left-over': true,
  orphan: true,
  'needed-by': true,
  'missing-image': true,
  stale: true,
  'other-platform': true,
  'pull-policy': true,
  'image-too-old': true,
  requested: true,
};

const noteKinds: Readonly<Record<PlanNote['kind'], true>> = {
  'pulled-first': true,
  'built-first': true,
  'image-stale': true,
  'image-left': true,
  'provider-first': true,
  'model-first': true,
  kept: true,
  orphans: true,
  moved: true,
  adopted: true,
  'other-files': true,
  instance: true,
  'limits-unchecked': true,
  'service-differs': true,
  'needs-newer-engine': true,
  'foreign-network': true,
  'foreign-volume': true,
  'volume-differs': true,
};

test('the schema of plans knows every kind of step, reason and note', () => {
  const kindsOf = (name: string) => {
    const definitions = planSchema.definitions as Record<
      string,
      { properties: { kind: { enum: string[] } } }
    >;
    return definitions[name]?.properties.kind.enum.toSorted();
  };
  expect([kindsOf('step'), kindsOf('reason'), kindsOf('note')]).toEqual(
    [stepKinds, reasonKinds, noteKinds].map((kinds) => Object.keys(kinds).sort()),
  );
});

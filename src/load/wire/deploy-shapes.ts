import {
  anyText,
  type Binder,
  bytes,
  command,
  duration,
  explicitInteger,
  flag,
  float,
  integer,
  listOf,
  mapOfAll,
  pairs,
  struct,
  text,
} from './bind.js';
import { WireStruct } from './wire-value.js';

/** `all` is -1. */
const deviceCount: Binder = (node, context) =>
  node.kind === 'scalar' && node.value === 'all' ? -1 : integer(node, context);

const emptyStruct = new WireStruct(new Map());

export const deviceRequestShape = struct({
  capabilities: listOf(anyText),
  driver: text,
  count: deviceCount,
  device_ids: listOf(anyText),
  options: pairs('empty'),
});

const updateShape = struct({
  parallelism: explicitInteger,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: float,
  order: text,
});

const genericResourceShape = struct({
  discrete_resource_spec: struct({ kind: text, value: integer }),
});

const resourceShape = struct({
  cpus: float,
  memory: bytes,
  pids: integer,
  devices: listOf(deviceRequestShape),
  generic_resources: listOf(genericResourceShape),
});

export const deployShape = struct(
  {
    mode: text,
    replicas: explicitInteger,
    labels: pairs('empty'),
    update_config: updateShape,
    rollback_config: updateShape,
    resources: struct({ limits: resourceShape, reservations: resourceShape }, { whenEmpty: 'omit' }),
    restart_policy: struct({
      condition: text,
      delay: duration,
      max_attempts: explicitInteger,
      window: duration,
    }),
    placement: struct(
      {
        constraints: listOf(anyText),
        preferences: listOf(struct({ spread: text })),
        max_replicas_per_node: integer,
      },
      { whenEmpty: 'omit' },
    ),
    endpoint_mode: text,
  },
  { jsonDefaults: { resources: emptyStruct, placement: emptyStruct } },
);

export const hookShape: Binder = struct(
  {
    command,
    image: text,
    user: text,
    privileged: flag,
    working_dir: text,
    environment: pairs('null'),
    per_replica: flag,
  },
  { jsonDefaults: { command: null } },
);

export const developShape = struct({
  watch: listOf(
    struct(
      {
        path: text,
        action: text,
        target: text,
        exec: hookShape,
        include: listOf(anyText),
        ignore: listOf(anyText),
        initial_sync: flag,
      },
      {
        jsonDefaults: {
          exec: new WireStruct(new Map(), undefined, new Map([['command', null]]), undefined, ['command']),
        },
      },
    ),
  ),
});

export const healthcheckShape = struct({
  test: listOf((node) => (node.kind === 'scalar' ? String(node.value ?? '') : undefined)),
  timeout: duration,
  interval: duration,
  retries: explicitInteger,
  start_period: duration,
  start_interval: duration,
  disable: flag,
});

export const providerShape = struct({ type: text, options: mapOfAll(listOf(anyText)) });

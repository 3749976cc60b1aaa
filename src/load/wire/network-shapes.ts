import {
  anyText,
  explicitFlag,
  explicitInteger,
  flag,
  integer,
  listOf,
  mapOfAll,
  orNull,
  pairs,
  struct,
  text,
} from './bind.js';
import { notInJson, WireStruct } from './wire-value.js';

/** A service in a network. */
export const endpointShape = orNull(
  struct(
    {
      aliases: listOf(anyText),
      driver_opts: mapOfAll(anyText),
      gw_priority: integer,
      interface_name: text,
      ipv4_address: text,
      ipv6_address: text,
      link_local_ips: listOf(anyText),
      mac_address: text,
      priority: integer,
    },
    { whenEmpty: 'keep' },
  ),
);

export const portShape = struct({
  name: text,
  mode: text,
  host_ip: text,
  target: integer,
  published: text,
  protocol: text,
  app_protocol: text,
});

const ipamPoolShape = struct({
  subnet: text,
  gateway: text,
  ip_range: text,
  aux_addresses: mapOfAll(anyText),
});

const ipamShape = struct(
  { driver: text, config: listOf(ipamPoolShape), options: pairs('empty') },
  // docker compose 2.40 does not know the options, and its hash is taken of the JSON.
  { whenEmpty: 'omit', jsonNames: { options: notInJson } },
);

export const networkShape = struct(
  {
    name: text,
    driver: text,
    driver_opts: mapOfAll(anyText),
    ipam: ipamShape,
    external: flag,
    internal: flag,
    attachable: flag,
    labels: pairs('empty'),
    enable_ipv4: explicitFlag,
    enable_ipv6: explicitFlag,
  },
  { jsonDefaults: { ipam: new WireStruct(new Map()) } },
);

export const modelUseShape = orNull(struct({ endpoint_var: text, model_var: text }));

export const modelShape = struct({
  name: text,
  model: text,
  context_size: explicitInteger,
  runtime_flags: listOf(anyText),
});

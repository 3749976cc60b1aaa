import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import type { HealthcheckSpec } from '../../model/service.js';
import { isAtLeast } from './api-version.js';
import {
  defined,
  type JsonObject,
  mapUnlessEmpty,
  nanoseconds,
  sortedEntries,
  unlessEmpty,
} from './body-fields.js';
import { hostConfigOf } from './host-config.js';
import { endpointsConfigOf, exposedPortsOf } from './networking-config.js';

/** What to send to make a container, and what to do before it may start. */
export interface CreateRequest {
  readonly query: { readonly name: string; readonly platform: string | undefined };
  readonly body: JsonObject;
  /** Networks to connect afterwards: engines below API 1.44 take only one at creation. */
  readonly connectLater: readonly EndpointRequest[];
}

/** `POST /containers/create`. Equal specs give equal requests, whatever the order of their maps. */
export function createRequestOf(spec: ContainerSpec<string>, apiVersion: string): CreateRequest {
  const takesAllNetworks = isAtLeast(apiVersion, '1.44');
  const atOnce = takesAllNetworks ? spec.endpoints : spec.endpoints.slice(0, 1);
  return {
    query: { name: spec.name, platform: spec.service.platform },
    body: defined({
      ...processFields(spec),
      ...identityFields(spec, apiVersion),
      ExposedPorts: exposedPortsOf(spec.service),
      Healthcheck: healthcheckOf(spec.service.healthcheck, apiVersion),
      HostConfig: hostConfigOf(spec, apiVersion),
      NetworkingConfig: endpointsConfigOf(spec, atOnce, apiVersion),
    }),
    connectLater: takesAllNetworks ? [] : spec.endpoints.slice(1),
  };
}

function processFields({ service, oneOff }: ContainerSpec<string>): JsonObject {
  const isAttached = oneOff?.inputEnds === 'with-client' ? true : undefined;
  return {
    Image: service.image,
    Cmd: service.command ?? undefined,
    Entrypoint: service.entrypoint ?? undefined,
    Env: unlessEmpty(environmentOf(service.environment)),
    WorkingDir: service.workingDir,
    User: service.user,
    Tty: service.isTty,
    OpenStdin: service.isStdinOpen,
    StdinOnce: isAttached,
    AttachStdin: isAttached,
    StopSignal: service.stopSignal,
    StopTimeout: wholeSeconds(service.stopGracePeriodMs),
  };
}

function identityFields(
  { service, labels, endpoints, networkMode }: ContainerSpec<string>,
  apiVersion: string,
): JsonObject {
  const isDisabled = networkMode?.kind === 'word' && networkMode.word === 'disabled';
  return {
    Hostname: service.hostname,
    Domainname: service.domainname,
    Labels: mapUnlessEmpty(labels),
    NetworkDisabled: isDisabled ? true : undefined,
    // From 1.44 on the address belongs to the endpoint.
    MacAddress: isAtLeast(apiVersion, '1.44') ? undefined : (endpoints[0]?.macAddress ?? service.macAddress),
  };
}

/** `K=V`; a bare `K` unsets the variable of the image. */
function environmentOf(environment: ReadonlyMap<string, string | null>): string[] {
  return sortedEntries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`));
}

/** Rounded up: a grace period of half a second must not become none. */
function wholeSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.ceil(ms / 1000);
}

function healthcheckOf(healthcheck: HealthcheckSpec | undefined, apiVersion: string): JsonObject | undefined {
  if (healthcheck === undefined) return undefined;
  return defined({
    Test: unlessEmpty(healthcheck.test),
    Interval: nanoseconds(healthcheck.intervalMs),
    Timeout: nanoseconds(healthcheck.timeoutMs),
    StartPeriod: nanoseconds(healthcheck.startPeriodMs),
    StartInterval: isAtLeast(apiVersion, '1.44') ? nanoseconds(healthcheck.startIntervalMs) : undefined,
    Retries: healthcheck.retries,
  });
}

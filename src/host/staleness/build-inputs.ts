import { hash } from 'node:crypto';
import type { BuildSpec } from '../../model/build.js';
import type { BuildInputs } from '../../model/build-places.js';
import { byKey } from '../../model/order.js';

/** Raise it when the meaning of an input's text changes: everything is then built once more. */
const inputsVersion = 1;
const digestLength = 16;

/** What was found at the places that a build names: digests. */
export interface InputDigests {
  readonly context: string;
  /** Text of the Dockerfile. undefined: it is in an archive, and so in `context`. */
  readonly dockerfileText: string | undefined;
  /** By name; directories only. */
  readonly additionalContexts: ReadonlyMap<string, string>;
}

/**
 * The explicit list of what the result of a build depends on, with a digest of each. Not in it: secrets and ssh, which
 * may not leave a trace in the image and do not count for BuildKit's cache either; tags, caches, and how much the build
 * may use.
 */
export function buildInputs(spec: BuildSpec, found: InputDigests): BuildInputs {
  const inputs: (readonly [string, string | undefined])[] = [
    ['context', found.context],
    ['dockerfile', digested('dockerfile', found.dockerfileText)],
    ...members('args', spec.args),
    ['target', digested('target', spec.target)],
    ...members('labels', spec.labels),
    ...additionalContexts(spec, found),
    ['platforms', digested('platforms', listed(spec.platforms))],
    ['network', digested('network', spec.network)],
    ['extra_hosts', digested('extra_hosts', listed(spec.extraHosts))],
    ['privileged', digested('privileged', spec.isPrivileged ? 'true' : undefined)],
    ['entitlements', digested('entitlements', listed(spec.entitlements))],
    ['isolation', digested('isolation', spec.isolation)],
    ['provenance', digested('provenance', spec.provenance)],
    ['sbom', digested('sbom', spec.sbom)],
  ];
  return new Map(inputs.filter((input): input is [string, string] => input[1] !== undefined));
}

function members(key: string, values: ReadonlyMap<string, string>): [string, string | undefined][] {
  return sorted(values).map(([name, value]) => [`${key}.${name}`, digested(`${key}.${name}`, value)]);
}

/** Those of directories by what is in them, images by their reference; those of services are for others to add. */
function additionalContexts(spec: BuildSpec, found: InputDigests): [string, string | undefined][] {
  const own = sorted(spec.additionalContexts).filter(([, place]) => !place.startsWith('service:'));
  return own.map(([name, place]) => {
    const key = `additional_contexts.${name}`;
    return [key, found.additionalContexts.get(name) ?? digested(key, place)];
  });
}

function sorted(values: ReadonlyMap<string, string>): [string, string][] {
  return [...values].sort(byKey);
}

/** Lists whose order means nothing. undefined: it is empty, as when the key is not there. */
function listed(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : [...values].sort().join('\n');
}

/** With the key in it, so that equal values of two keys do not show that they are equal. */
function digested(key: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return hash('sha256', `${inputsVersion}\n${key}\n${value}`, 'hex').slice(0, digestLength);
}

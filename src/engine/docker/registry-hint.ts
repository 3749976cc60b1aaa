import { EngineError } from '../../problems/errors.js';
import { registryOf } from './registry-auth.js';

/** What engines say when the registry does not answer, or says no. */
const unreachableRegistry =
  /dial (?:tcp|udp)|no such host|i\/o timeout|Client\.Timeout|TLS handshake|connection refused|connection reset|context deadline exceeded|server gave HTTP response|x509/i;
const deniedByRegistry = /unauthorized|authentication required|no basic auth credentials|denied/i;

/** A failure to get something from a registry, with what a person can do about it. */
export function withRegistryHint(error: Error, reference: string): Error {
  if (!(error instanceof EngineError) || error.kind === 'unreachable') return error;
  const registry = registryOf(reference);
  const hint = unreachableRegistry.test(error.message)
    ? `the registry ${registry} cannot be reached from the engine; build or load the image, or check the network`
    : deniedByRegistry.test(error.message)
      ? `check the name of the image, and log in with \`docker login ${registry}\` if it is private`
      : undefined;
  if (hint === undefined && error.kind !== 'not-found') return error;
  return new EngineError('image-not-found', error.message, {
    operation: error.operation,
    resource: reference,
    ...(error.status === undefined ? {} : { status: error.status }),
    hint: hint ?? 'check the name and tag of the image',
    cause: error.cause,
  });
}

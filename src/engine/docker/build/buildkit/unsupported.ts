import { EngineError } from '../../../../problems/errors.js';

/** What this engine's BuildKit cannot do, and the key of the service that asks for it. */
export function unsupportedByBuildkit(serviceKey: string, what: string, hint: string): EngineError {
  return new EngineError('unsupported', `the builder of this engine cannot do ${what}`, {
    operation: 'build',
    serviceKey,
    hint,
  });
}

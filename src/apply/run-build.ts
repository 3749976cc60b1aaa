import type { StepOf } from '../model/plan.js';
import { EngineError } from '../problems/errors.js';
import type { StepContext, StepEffect } from './step-context.js';

/** Builds an image, and tells of it while it goes on. */
export async function runBuild(
  { build, memoryBytes }: StepOf<'build-image'>,
  {
    engine,
    buildPlaces,
    signal,
    emitBuild,
  }: Pick<StepContext, 'engine' | 'buildPlaces' | 'signal' | 'emitBuild'>,
): Promise<StepEffect> {
  if (buildPlaces === undefined) throw noPlaces(build.service);
  const request = await buildPlaces.open(build, signal);
  const options = { onProgress: emitBuild, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
  await engine.builds.build(request, options, signal);
  return {};
}

function noPlaces(service: string): EngineError {
  return new EngineError('unsupported', `service "${service}" is built, and no files may be read here`, {
    operation: 'build image',
    resource: service,
    hint: 'give the session the files of the host: `buildPlaces: hostBuildPlaces({ … })`',
  });
}

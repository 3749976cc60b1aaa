import type { StepOf } from '../model/plan.js';
import { EngineError } from '../problems/errors.js';
import type { StepContext, StepEffect } from './step-context.js';

type BuildContext = Pick<StepContext, 'engine' | 'buildPlaces' | 'signal' | 'drain' | 'emitBuild'>;

/** Builds an image, and tells of it while it goes on. What is half built is of no use to anybody: it may end at once. */
export async function runBuild(
  { build, memoryBytes }: StepOf<'build-image'>,
  { engine, buildPlaces, signal, drain, emitBuild }: BuildContext,
): Promise<StepEffect> {
  if (buildPlaces === undefined) throw noPlaces(build.service);
  const stop = drain === undefined ? signal : AbortSignal.any([signal, drain]);
  const request = await buildPlaces.open(build, stop);
  const options = { onProgress: emitBuild, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
  await engine.builds.build(request, options, stop);
  return {};
}

function noPlaces(service: string): EngineError {
  return new EngineError('unsupported', `service "${service}" is built, and no files may be read here`, {
    operation: 'build image',
    resource: service,
    hint: 'give the session the files of the host: `buildPlaces`',
  });
}
